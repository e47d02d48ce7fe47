"""How densely a table is held shows in its bytes, and in nothing else."""

import random
import unittest

import memory_diet
from tables import TableTestCase


# Longer than tokens are: blocks of text take less.
WORDS = [f"left at the door of number {number} across the street, fragile, upright"[number:] for number in range(9)]


def orders(path, rows=5000):
    """Sorted keys, runs, few words, decimals, nulls and long text."""
    generator = random.Random(3)
    key = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,day,status,price,distance,note\n")
        for row in range(rows):
            key += generator.randrange(1, 9)
            distance = "" if generator.random() < 0.1 else generator.randrange(-700, 4000)
            price = f"{generator.randrange(1000)}.{generator.randrange(100):02}"
            day = f"2024-01-{1 + row * 28 // rows:02}"
            status = generator.choice(["new", "paid", "sent"])
            note = "; ".join(generator.choice(WORDS) for _ in range(generator.randrange(0, 40)))
            file.write(f'{key},{day},{status},{price},{distance},"{note}"\n')


class PolicyTest(TableTestCase):
    def setUp(self):
        super().setUp()
        self.csv = self.path("orders.csv")
        orders(self.csv)
        self.fast = memory_diet.read_csv(self.csv)
        self.packed = memory_diet.read_csv(self.csv, policy="packed")
        self.smallest = memory_diet.read_csv(self.csv, policy="smallest")

    def test_only_bytes_differ(self):
        self.assertLess(self.packed.nbytes * 5, self.fast.nbytes * 3)
        self.assertLess(self.smallest.nbytes, self.packed.nbytes)
        for dense in (self.packed, self.smallest):
            self.assertTrue(dense.equals(self.fast))
            self.assertTrue(dense.to_arrow().equals(self.fast.to_arrow()))
            self.assertTrue(dense.to_pandas().equals(self.fast.to_pandas()))
            self.assertTrue(dense.to_polars().equals(self.fast.to_polars()))

    def test_rows_that_are_taken_keep_the_types_of_the_column(self):
        for make in (
            lambda table: table.filter("id < 50"),
            lambda table: table.filter("distance = 3"),
            lambda table: table.head(4),
            lambda table: table[10:20].filter("id > 1"),
            lambda table: table.sort_by("distance").head(3),
            lambda table: table.join(table.filter("id < 90").select("id"), on="id"),
        ):
            fast = make(self.fast)
            for dense in (self.packed, self.smallest):
                self.assertEqual(make(dense).to_arrow().schema, fast.to_arrow().schema)
                self.assertEqual(make(dense).to_polars().schema, fast.to_polars().schema)

    def test_the_report_says_what_was_made(self):
        for table in (self.fast, self.packed, self.smallest):
            memory = table.report().to_dict()["memory"]
            self.assertEqual(memory["policies"][table.policy], table.nbytes)
            self.assertTrue(memory["policies_exact"][table.policy])

    def test_the_denser_of_table_and_plan_says_how_it_is_held(self):
        for table in (self.packed.apply_plan(self.fast.plan()), self.fast.apply_plan(self.packed.plan())):
            self.assertEqual(table.policy, "packed")
            self.assertLess(table.nbytes * 5, self.fast.nbytes * 3)

    def test_answers_are_the_same(self):
        for name in ("id", "price", "distance"):
            for ask in ("sum", "min", "max", "mean", "count", "nunique", "median", "std"):
                with self.subTest(name=name, ask=ask):
                    self.assertEqual(getattr(self.packed[name], ask)(), getattr(self.fast[name], ask)())
        for make in (
            lambda table: table.filter("distance > 0 and status == 'paid'"),
            lambda table: table.sort_by(("price", "descending"), "id"),
            lambda table: table.group_by("status", "day").agg(n="size", total=("price", "sum")),
            lambda table: table.join(table.select("id", "price").rename({"price": "again"}), on="id"),
            lambda table: memory_diet.concat([table, table]),
            lambda table: table[100:1500],
            lambda table: table.filter("note == 'left at the door' or note like '%number 3%' or note like 'eft%'"),
            lambda table: table.filter("note is null"),
            lambda table: table.group_by("note").agg(n="size"),
            lambda table: table.sort_by("note", ("id", "descending")),
            lambda table: table.filter("id > 20000").head(7),
        ):
            for dense in (self.packed, self.smallest):
                self.assertTrue(make(dense).equals(make(self.fast)))

    def test_tables_say_it(self):
        for table, policy in ((self.fast, "fast"), (self.packed, "packed"), (self.smallest, "smallest")):
            self.assertEqual(table.policy, policy)
            self.assertEqual(table.filter("distance > 0").select("id").policy, policy)
        with self.assertRaises(AttributeError):
            self.fast.policy = "packed"

    def test_rows_that_are_taken_stay_packed(self):
        taken = self.packed.filter("distance > 0")
        self.assertLess(taken.nbytes * 5, self.fast.filter("distance > 0").nbytes * 4)

    def test_text_of_slices_takes_no_more_than_under_fast(self):
        generator = random.Random(11)
        words = ["".join(generator.choice("abcdefgh") for _ in range(generator.randrange(3, 9))) for _ in range(60)]
        paths = sorted("/".join(generator.choice(words) for _ in range(4)) for _ in range(5000))
        notes = ["; ".join(generator.choice(WORDS) for _ in range(generator.randrange(0, 40))) for _ in paths]
        text = "path,note\n" + "".join(f'{path},"{note}"\n' for path, note in zip(paths, notes))
        fast = self.read("texts.csv", text)
        for policy in ("packed", "smallest"):
            dense = memory_diet.read_csv(self.path("texts.csv"), policy=policy)
            for name in fast.columns:
                one, other = dense.select(name), fast.select(name)
                for part in (
                    lambda table: table.head(10), lambda table: table[1003:1100], lambda table: table[17:4900],
                    lambda table: table[17:4900][900:2000].tail(700), lambda table: next(iter(table.batches(700))),
                ):
                    with self.subTest(policy, of=name):
                        self.assertTrue(part(one).equals(part(other)))
                        # What is known of blocks is rounded up.
                        self.assertLessEqual(part(one).nbytes, part(other).nbytes + 256)

    def test_months_put_together_stay_dense(self):
        generator = random.Random(1)
        words = ["".join(generator.choice("abcdefgh") for _ in range(generator.randrange(3, 9))) for _ in range(90)]
        pages = ["https://www.example.org/" + "/".join(generator.choice(words) for _ in range(4)) for _ in range(900)]

        def month(name, seed):
            paths = sorted("/".join(generator.choice(words) for _ in range(4)) for _ in range(8000))
            with open(self.path(name), "w") as file:
                file.write("path,note,page,id,run,step,row,same,sparse,far\n")
                for row, path in enumerate(paths):
                    note = "; ".join(generator.choice(WORDS) for _ in range(generator.randrange(0, 6)))
                    file.write(f'{path},"{note}",{generator.choice(pages)},INV-{row:06},{seed * 9 + row // 500},'
                               f"{seed * 30_000 + row * 3 + row % 2},{seed * 8000 + row},x,"
                               f"{row if row % 100 == 0 else ''},{row % 7 if row % 250 else row * 99_999}\n")
            return self.path(name)

        months = [month("january.csv", 1), month("february.csv", 2)]
        fast = memory_diet.concat([memory_diet.read_csv(path) for path in months])
        for policy in ("packed", "smallest"):
            tables = [memory_diet.read_csv(path, policy=policy) for path in months]
            both = memory_diet.concat(tables)
            read = memory_diet.read_csv(months, policy=policy)
            self.assertTrue(both.equals(fast))
            self.assertEqual(both.to_arrow().schema, fast.to_arrow().schema)
            self.assertTrue(both.to_pandas().equals(fast.to_pandas()))
            # Steps and numbers of rows are others where the second month begins.
            for name in set(fast.columns) - {"step", "row"}:
                with self.subTest(policy, of=name):
                    limit = read.select(name).nbytes * (1.3 if policy == "packed" else 2.2) + 1000
                    self.assertLess(both.select(name).nbytes, limit)
            again = memory_diet.concat([both, both.filter("note is null or id > 'INV-004000'"), both.head(3)])
            wide = memory_diet.concat([fast, fast.filter("note is null or id > 'INV-004000'"), fast.head(3)])
            self.assertTrue(again.equals(wide))
            self.assertLess(again.nbytes * 3, wide.nbytes * 2)

    def test_what_is_as_lean_as_can_be_stays_so(self):
        for table in (self.fast, self.packed, self.smallest):
            again = table.apply_plan()
            self.assertTrue(again.equals(table))
            self.assertEqual((again.nbytes, again.policy), (table.nbytes, table.policy))
            part = table.filter("id > 9000")
            self.assertTrue(part.apply_plan().equals(part))
            self.assertTrue(part.apply_plan().apply_plan().equals(part))

    def read(self, name, text, **options):
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return memory_diet.read_csv(path, **options)

    def test_text_takes_no_more_than_it_is(self):
        generator = random.Random(5)
        noise = "".join(chr(generator.randrange(35, 127)) for _ in range(150_000))
        text = "note\n" + "".join(f"note {row}\n" for row in range(1000)) + noise + "\n"
        fast = self.read("notes.csv", text, delimiter=",")
        for policy in ("packed", "smallest"):
            dense = memory_diet.read_csv(self.path("notes.csv"), delimiter=",", policy=policy)
            self.assertLessEqual(dense.nbytes, fast.nbytes)
            self.assertTrue(dense.equals(fast))

    def test_computed_tables_keep_it(self):
        messages = self.read("m.csv", "m\n" + "".join(f"msg{row}\n" for row in range(100)), policy="smallest")
        self.assertEqual(messages.plan()["policy"]["storage"], "smallest")
        both = memory_diet.concat([self.packed[:2500], self.packed[2500:]])
        again = both.apply_plan()
        self.assertTrue(again.equals(both))
        self.assertLess(again.nbytes * 10, self.packed.nbytes * 11)

    def test_plans_pack_codes(self):
        text = "c,n\n" + "".join(f"{('red', 'green', 'blue')[row % 3]},{row}\n" for row in range(30_000))
        table = self.read("c.csv", text, policy="packed")
        self.assertLessEqual(table.apply_plan(table.plan()).nbytes, table.nbytes + 64)

    def test_words_that_were_filtered_away_are_no_values(self):
        times = [f"{row % 24:02}:{row * 7 % 60:02}:{row * 13 % 60:02}" for row in range(17)]
        rows = [(1, "")] * 153 + [(1, time) for time in times[:8]] + [(0, time) for time in times[8:]]
        text = "k,t\n" + "".join(f"{key},{time}\n" for key, time in rows)
        left = self.read("t.csv", text).filter("k = 1")
        self.assertTrue(left.apply_plan().equals(left))

    def test_other_words_are_refused(self):
        with self.assertRaisesRegex(memory_diet.OptionError, "policy"):
            memory_diet.read_csv(self.csv, policy="smaller")


if __name__ == "__main__":
    unittest.main()
