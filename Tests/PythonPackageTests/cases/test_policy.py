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

    def test_rows_that_are_taken_stay_packed(self):
        taken = self.packed.filter("distance > 0")
        self.assertLess(taken.nbytes * 5, self.fast.filter("distance > 0").nbytes * 4)

    def test_other_words_are_refused(self):
        with self.assertRaisesRegex(memory_diet.OptionError, "policy"):
            memory_diet.read_csv(self.csv, policy="smaller")


if __name__ == "__main__":
    unittest.main()
