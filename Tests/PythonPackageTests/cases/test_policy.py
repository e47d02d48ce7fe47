"""How densely a table is held shows in its bytes, and in nothing else."""

import random
import unittest

import memory_diet
from tables import TableTestCase


def orders(path, rows=5000):
    """Sorted keys, runs, few words, decimals and nulls."""
    generator = random.Random(3)
    key = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,day,status,price,distance\n")
        for row in range(rows):
            key += generator.randrange(1, 9)
            distance = "" if generator.random() < 0.1 else generator.randrange(-700, 4000)
            price = f"{generator.randrange(1000)}.{generator.randrange(100):02}"
            day = f"2024-01-{1 + row * 28 // rows:02}"
            file.write(f"{key},{day},{generator.choice(['new', 'paid', 'sent'])},{price},{distance}\n")


class PolicyTest(TableTestCase):
    def setUp(self):
        super().setUp()
        self.csv = self.path("orders.csv")
        orders(self.csv)
        self.fast = memory_diet.read_csv(self.csv)
        self.packed = memory_diet.read_csv(self.csv, policy="packed")

    def test_only_bytes_differ(self):
        self.assertLess(self.packed.nbytes * 5, self.fast.nbytes * 3)
        self.assertTrue(self.packed.equals(self.fast))
        self.assertTrue(self.packed.to_arrow().equals(self.fast.to_arrow()))
        self.assertTrue(self.packed.to_pandas().equals(self.fast.to_pandas()))
        self.assertTrue(self.packed.to_polars().equals(self.fast.to_polars()))

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
        ):
            self.assertTrue(make(self.packed).equals(make(self.fast)))

    def test_rows_that_are_taken_stay_packed(self):
        taken = self.packed.filter("distance > 0")
        self.assertLess(taken.nbytes * 5, self.fast.filter("distance > 0").nbytes * 4)

    def test_other_words_are_refused(self):
        with self.assertRaisesRegex(memory_diet.OptionError, "policy"):
            memory_diet.read_csv(self.csv, policy="smallest")


if __name__ == "__main__":
    unittest.main()
