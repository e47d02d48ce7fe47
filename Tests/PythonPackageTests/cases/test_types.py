"""Engines get a table in the same types however densely it is held, and whatever was done to it before."""

import random
import unittest

import memory_diet
import pyarrow
import pyarrow.ipc
import pyarrow.parquet
from tables import TableTestCase

POLICIES = ("fast", "packed", "smallest")
READINGS = ({}, {"unsigned": True}, {"categories": "all"}, {"categories": "none"}, {"min_bits": 16}, {"margin": 2})
# What each column is, of a generator and the number of a row.
KINDS = {
    "key": lambda chance, row: row * 7,
    "small": lambda chance, row: chance.randrange(60),
    "mid": lambda chance, row: chance.randrange(30_000),
    "big": lambda chance, row: chance.randrange(2_000_000_000),
    "u8": lambda chance, row: chance.randrange(251),
    "u16": lambda chance, row: chance.randrange(60_001),
    "step": lambda chance, row: chance.choice([0, 50, 200]),
    "base": lambda chance, row: 1000 + chance.randrange(101),
    "negative": lambda chance, row: chance.randrange(-700, 4000),
    "runs": lambda chance, row: row // 40,
    "sequence": lambda chance, row: row + 100,
    "constant": lambda chance, row: 7,
    "few": lambda chance, row: chance.choice([5, 70_000, 1_000_000_000]),
    "outlier": lambda chance, row: 100_000 if row % 97 == 0 else chance.randrange(50),
    "price": lambda chance, row: f"{chance.randrange(100)}.{chance.randrange(100):02}",
    "few_prices": lambda chance, row: chance.choice(["1.25", "1000.50", "99999999.75"]),
    "digits": lambda chance, row: f"{chance.randrange(10**16, 10**17)}.5",
    "float": lambda chance, row: repr(chance.random()),
    "flag": lambda chance, row: chance.choice(["true", "false"]),
    "day": lambda chance, row: f"2024-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}",
    "few_days": lambda chance, row: chance.choice(["1900-12-31", "2190-07-02"]),
    "time": lambda chance, row: f"{chance.randrange(24):02}:00:{chance.randrange(60):02}",
    "instant": lambda chance, row: f"2024-01-01T00:{row % 60:02}:00Z",
    "letter": lambda chance, row: chance.choice("abc"),
    "word": lambda chance, row: chance.choice(["new", "paid", "sent"]),
    "invoice": lambda chance, row: f"INV-{row:06}",
    "free": lambda chance, row: " ".join(chance.choice(["left", "right"]) + str(chance.randrange(99)) for _ in range(5)),
    "same": lambda chance, row: "constant",
}
EXPRESSIONS = (
    "small + 1", "mid * 2", "base - 1000", "u8 + u16", "-negative", "price * 2", "key % 7", "big + big", "few * 3",
    "step + 1", "outlier + 1", "day", "year(day)", "coalesce(small_n, 0)", "u16", "upper(letter)", "upper(word)",
    "upper(invoice)", "length(word)", "cast(few as string)", "round(price)", "runs * 100000", "constant * small",
)  # fmt: skip


def computed(table):
    columns = {f"e{place}": text for place, text in enumerate(EXPRESSIONS)}
    return table.with_columns(**columns).select(*columns)


OPERATIONS = {
    "nothing": lambda table: table,
    "some rows": lambda table: table.filter("key < 300"),
    "no row": lambda table: table.filter("key < 0"),
    "nulls alone": lambda table: table.filter("small_n is null").head(3),
    "first rows": lambda table: table.head(3),
    "sorted": lambda table: table.sort_by("mid", ("price", "descending")),
    "sampled": lambda table: table.sample(50, seed=3),
    "joined": lambda table: table.join(table.head(100).select("key", "u8", "word"), on="key", how="left"),
    "one after the other": lambda table: memory_diet.concat([table.head(500), table.filter("key > 4000")]),
    "planned": lambda table: table.apply_plan(table.plan()),
    "leanest": lambda table: table.apply_plan(),
    "renamed": lambda table: table.rename({"word": "status"}).rename({"status": "word"}),
    "in batches": lambda table: list(table.batches(700))[-1],
}
ENDS = {
    "computed": computed,
    "grouped": lambda table: table.group_by("word").agg(
        n="size", low=("u8", "min"), sum=("base", "sum"), one=("few", "first"), last=("price", "last"), most=("step", "max")
    ),
    "distinct": lambda table: table.group_by("word", "letter", "step", "few", "few_days").agg(n="size"),
}


class TypesTest(TableTestCase):
    def tables(self, **options):
        if not hasattr(self, "csv"):
            self.csv = self.path("kinds.csv")
            chance = random.Random(29)
            columns = {name: [str(kind(chance, row)) for row in range(1500)] for name, kind in KINDS.items()}
            for name in list(columns):
                columns[name + "_n"] = [value if chance.random() > 0.05 else "" for value in columns[name]]
            with open(self.csv, "w", encoding="utf-8") as file:
                for row in [columns, *zip(*columns.values())]:
                    file.write(",".join(row) + "\n")
        return [memory_diet.read_csv(self.csv, policy=policy, **options) for policy in POLICIES]

    def types(self, table):
        """What each engine makes of each column."""
        arrow = table.to_arrow().schema
        self.assertEqual(pyarrow.schema(table), arrow)
        frames = {"pandas": table.to_pandas().dtypes.items(), "polars": table.to_polars().schema.items()}
        found = {("arrow", field.name): field.type for field in arrow}
        for engine, kinds in frames.items():
            found.update({(engine, name): str(kind) for name, kind in kinds})
        return found

    def assert_same_types(self, tables, operation, what):
        made = [self.types(operation(table)) for table in tables]
        for dense, policy in zip(made[1:], POLICIES[1:]):
            others = {key: (kind, dense.get(key)) for key, kind in made[0].items() if dense.get(key) != kind}
            self.assertEqual(others, {}, f"{policy}: {what}")

    def test_every_operation(self):
        for options in READINGS:
            tables = self.tables(**options)
            for name, operation in {**OPERATIONS, **ENDS}.items():
                with self.subTest(options=options, operation=name):
                    self.assert_same_types(tables, operation, name)

    def test_operations_one_after_another(self):
        for seed in range(12):
            chance = random.Random(seed)
            options = chance.choice(READINGS)
            names = chance.choices(list(OPERATIONS), k=3) + [chance.choice(["nothing", *ENDS])]
            steps = [{**OPERATIONS, **ENDS}[name] for name in names]

            def chained(table, steps=steps):
                for step in steps:
                    table = step(table)
                return table

            with self.subTest(seed=seed, options=options, operations=names):
                self.assert_same_types(self.tables(**options), chained, names)

    def test_files(self):
        for options in READINGS:
            schemas = []
            for table in self.tables(**options):
                for made in (table, table.filter("key < 300"), table.apply_plan().filter("key < 0")):
                    paths = [self.path("t.parquet"), self.path("t.arrow")]
                    for path in paths:
                        made.write(path)
                    with pyarrow.OSFile(paths[1]) as file:
                        schemas.append((pyarrow.parquet.read_schema(paths[0]), pyarrow.ipc.open_file(file).schema))
            for places in (schemas[3:6], schemas[6:]):
                for dense, fast in zip(places, schemas):
                    with self.subTest(options=options):
                        self.assertEqual(dense, fast)

    def test_sums_keep_their_room(self):
        for table in self.tables():
            # Rows that add up to more than 32 bits hold, all of them and some.
            for some in (table, table.filter("key > 70"), table.head(3), table.sort_by("key")):
                self.assertEqual(str(some.to_polars().schema["big"]), "Int64")
                self.assertEqual(some.to_polars()["big"].sum(), some["big"].sum())
            doubled = table.with_columns(double="mid * 40000").to_polars()
            self.assertEqual(doubled["double"].sum(), table.evaluate("mid * 40000").sum())

    def test_no_plan_is_the_types_that_values_need(self):
        for options in READINGS:
            for table in self.tables(**options):
                with self.subTest(options=options, policy=table.policy):
                    self.assertEqual(self.types(table.apply_plan()), self.types(table))


if __name__ == "__main__":
    unittest.main()
