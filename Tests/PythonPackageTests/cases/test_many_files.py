"""Many files as one table, beside what DuckDB and polars make of the same folders."""

import os
import random

import duckdb
import memory_diet
import polars
import pyarrow
import pyarrow.parquet
from tables import TableTestCase


class ManyFilesTests(TableTestCase):
    def setUp(self):
        super().setUp()
        self.data = self.path("data")
        generator = random.Random(3)
        for year, month in [(2023, 12), (2024, 1), (2024, 10), (2024, 2)]:
            folder = os.path.join(self.data, f"year={year}", f"month={month}", "town=S%C3%A3o%20Paulo")
            os.makedirs(folder)
            names = generator.sample(["id", "price", "word"], 2 if month == 1 else 3)
            values = {
                "id": [generator.randrange(10**9) for _ in range(20)],
                "price": [generator.randrange(1, 999) / 4 for _ in range(20)],
                "word": [generator.choice(["Oslo", "Rome, the", None]) for _ in range(20)],
            }
            table = polars.DataFrame({name: values[name] for name in names})
            table.write_csv(os.path.join(folder, "part.csv"))
            os.makedirs(folder.replace("/data/", "/typed/"))
            pyarrow.parquet.write_table(table.to_arrow(), os.path.join(folder, "part.parquet").replace("/data/", "/typed/"))

    def rows(self, table):
        """Rows by name, in no order, numbers as binary64."""
        columns = sorted(table.column_names)
        rows = zip(*(table.column(name).to_pylist() for name in columns))
        return sorted(
            [tuple(float(v) if not isinstance(v, (str, type(None))) else v for v in row) for row in rows],
            key=repr,
        )

    def test_as_duckdb_reads_it(self):
        for folder, ending, reader in [(self.data, "csv", "read_csv"), (self.path("typed"), "parquet", "read_parquet")]:
            pattern = os.path.join(folder, "**", f"*.{ending}")
            theirs = duckdb.sql(
                f"select * from {reader}('{pattern}', union_by_name=true, hive_partitioning=true, filename=true)"
            ).to_arrow_table()
            table = memory_diet.read_csv(folder, union_by_name=True, file_name_column="filename")
            ours = table.to_arrow()
            self.assertEqual(set(ours.column_names), set(theirs.column_names))
            self.assertEqual(ours.column_names[-4:], ["year", "month", "town", "filename"])
            self.assertEqual(self.rows(ours), self.rows(theirs))
            self.assertTrue(any("null there" in note for note in table.notes))
            frame = table.to_pandas()
            self.assertEqual(str(frame["town"].iloc[0]), "São Paulo")

    def test_options(self):
        part = os.path.join(self.data, "year=2023", "month=12", "town=S%C3%A3o%20Paulo", "part.csv")
        self.assertEqual(memory_diet.read_csv(part).shape, (20, 3))
        keyed = memory_diet.read_csv(part, hive_partitioning=True)
        self.assertEqual(keyed.to_arrow().column_names[-3:], ["year", "month", "town"])
        plain = memory_diet.read_csv(self.data, union_by_name=True, hive_partitioning=False)
        self.assertEqual(plain.shape, (80, 3))
        with self.assertRaises(memory_diet.InputError) as caught:
            memory_diet.read_csv(self.data)
        self.assertIn("`union_by_name=True`", str(caught.exception))
        report = memory_diet.analyze(self.data, union_by_name=True)
        self.assertIn("month", str(report))
