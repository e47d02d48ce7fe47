"""What users of Spark do next: joins, new columns, files, caches, other zones, tasks that fail."""

import datetime
import os
import threading
import unittest

import memory_diet
import pandas
import polars
import pyarrow.parquet
from spark_case import SparkTestCase
from tables import lines


def day(number: int) -> datetime.date:
    return datetime.date(2024, 1, 1) + datetime.timedelta(number)


class Computed(SparkTestCase):
    def flights(self, name: str, rows: int, first: int = 0) -> str:
        return self.file(
            name,
            "flight,day,carrier,delay,note\n"
            + "".join(
                f"{first + row},{day(row % 31)},{'ABC'[row % 3]},{row % 7 * 20 - 5 if row % 11 else ''},\"late,\nby {row}\"\n"
                for row in range(rows)
            ),
        )

    def test_groups_are_those_of_pandas(self):
        path = self.flights("a.csv", 500)
        frame = self.read(path, blocksize=3_000)
        found = frame.groupBy("carrier").agg({"delay": "avg", "flight": "sum", "note": "max"}).toPandas()
        groups = memory_diet.read_csv(path).to_pandas().astype({"note": "str"}).groupby("carrier", observed=True)
        found = found.set_index("carrier").sort_index()
        for name, expected in (
            ("avg(delay)", groups.delay.mean()), ("sum(flight)", groups.flight.sum()), ("max(note)", groups.note.max()),
        ):
            self.assertEqual(found[name].tolist(), expected.sort_index().tolist(), name)

    def test_two_months(self):
        # Numbers of the first are `tinyint`, of the second `smallint`.
        first = self.read(self.flights("1.csv", 100), blocksize=1_000)
        second = self.read(self.flights("2.csv", 400, 50), blocksize=5_000)
        self.assertEqual([dict(one.dtypes)["flight"] for one in (first, second)], ["tinyint", "smallint"])
        self.assertEqual(first.join(second, "flight").count(), 50)
        self.assertEqual(first.join(second, ["flight", "day"], "left_anti").count(), 100)
        both = first.union(second)
        self.assertEqual(dict(both.dtypes)["flight"], "smallint")
        self.assertEqual(both.agg({"flight": "max"}).collect()[0][0], 449)

    def test_new_columns(self):
        from pyspark.errors import ArithmeticException
        from pyspark.sql import functions

        frame = self.read(self.flights("a.csv", 100))
        # A literal has 32 bits, so that products with it do not wrap.
        added = frame.withColumn("seconds", functions.col("delay") * 60).withColumn("week", functions.weekofyear("day"))
        self.assertEqual(added.agg({"seconds": "max"}).collect()[0][0], 115 * 60)
        self.assertEqual(added.filter("week = 1 and day = '2024-01-02'").count(), 4)
        with self.assertRaises(ArithmeticException):
            frame.select(functions.col("flight") * functions.col("flight")).collect()

    def test_cached_and_repartitioned(self):
        frame = self.read(self.flights("a.csv", 200), blocksize=1_000).cache()
        self.assertEqual((frame.count(), frame.count()), (200, 200))
        self.assertEqual(frame.repartition(3, "carrier").groupBy("carrier").count().count(), 3)
        self.assertEqual(frame.coalesce(1).toPandas()["flight"].tolist(), list(range(200)))
        self.assertEqual([row.flight for row in frame.orderBy("flight", ascending=False).head(2)], [199, 198])
        self.assertEqual(frame.limit(5).count(), 5)
        frame.unpersist()

    def test_written_by_spark(self):
        path, out = self.flights("a.csv", 300), self.path("out")
        frame = self.read(path, blocksize=5_000)
        frame.write.partitionBy("carrier").parquet(out)
        self.assertEqual(self.spark.read.parquet(out).count(), 300)
        expected = memory_diet.read_csv(path).to_pandas()
        found = pandas.read_parquet(out).sort_values("flight")
        self.assertEqual(found["delay"].dropna().tolist(), expected["delay"].dropna().tolist())
        self.assertEqual(found["note"].tolist(), expected["note"].tolist())
        lazy = polars.scan_parquet(f"{out}/**/*.parquet", hive_partitioning=True)
        self.assertEqual(lazy.select(polars.col("flight").sum()).collect().item(), sum(range(300)))
        self.assertEqual(lazy.collect_schema()["day"], polars.Date)


class Zones(SparkTestCase):
    def test_the_session_is_in_another_zone(self):
        # In New York the clock had no 02:30 on the day of the first, and two 01:30 on that of the second.
        clocks = ["2024-03-10 02:30:00", "2024-11-03 01:30:00", "1883-11-18 12:00:00", "2024-07-01 00:00:00"]
        path = self.file("a.csv", "clock,instant,day\n" + "".join(f"{one},{one}Z,{one[:10]}\n" for one in clocks))
        frame = self.read(path)
        self.assertEqual([kind for _, kind in frame.dtypes], ["timestamp_ntz", "timestamp", "date"])
        texts = frame.selectExpr("string(clock) clock", "string(instant) instant", "string(day) day").collect()
        self.assertEqual([row.clock for row in texts], clocks)
        self.assertEqual(texts[3].instant, "2024-06-30 20:00:00")
        self.assertEqual([row.day for row in texts], [one[:10] for one in clocks])
        utc = datetime.timezone.utc
        expected = [datetime.datetime.fromisoformat(one) for one in clocks]
        arrow = frame.toArrow()
        self.assertEqual(arrow["clock"].to_pylist(), expected)
        self.assertEqual(arrow["instant"].to_pylist(), [one.replace(tzinfo=utc) for one in expected])
        self.assertEqual(frame.filter("instant = timestamp'2024-07-01 00:00:00Z'").count(), 1)
        out = self.path("out")
        frame.write.option("compression", "zstd").parquet(out)
        back = self.spark.read.parquet(out)
        self.assertEqual(back.toArrow(), arrow)
        self.assertEqual(pandas.read_parquet(out)["clock"].tolist(), [pandas.Timestamp(one) for one in clocks])
        self.assertEqual(polars.read_parquet(f"{out}/*.parquet")["clock"].to_list(), expected)


class Written(SparkTestCase):
    def test_files_are_those_that_anyone_writes(self):
        path, out = self.file("a.csv", lines(400)), self.path("out")
        names = memory_diet.spark.to_parquet(self.spark, path, out, blocksize=2_000)
        self.assertEqual(names, [f"{out}/part-{number:05}.parquet" for number in range(3)])
        plan, size = memory_diet.profile(path).plan(), os.path.getsize(path)
        for number, name in enumerate(names):
            own = self.path("own.parquet")
            piece = size * number // 3, size * (number + 1) // 3 if number < 2 else None
            memory_diet.write_csv_part(path, piece, plan, own, threads=1)
            with open(name, "rb") as a, open(own, "rb") as b:
                self.assertEqual(a.read(), b.read(), name)
        self.assertEqual(self.spark.read.parquet(out).agg({"id": "sum"}).collect()[0][0], 799_999_920_200)
        with self.assertRaisesRegex(FileExistsError, "part-00002.parquet, which.*`overwrite=True`"):
            memory_diet.spark.to_parquet(self.spark, path, out, blocksize=3_500)
        memory_diet.spark.to_parquet(self.spark, path, out, blocksize=3_500, overwrite=True)
        self.assertEqual(sorted(os.listdir(out)), ["part-00000.parquet", "part-00001.parquet"])
        self.assertEqual(len(pandas.read_parquet(out)), 400)
        self.file("a.csv", lines(300) + "no number,x\n")
        with self.assertRaisesRegex(memory_diet.InputError, "^[^\n]*no integer[^\n]*$"):
            memory_diet.spark.to_parquet(self.spark, path, out, plan=plan, blocksize=3_500, overwrite=True)
        self.assertEqual(len(pandas.read_parquet(out)), 400)
        self.assertEqual(len(os.listdir(out)), 2)


def workers() -> list[int]:
    """The processes that run Python for the Spark of this one."""
    parents, found = {}, []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
            with open(f"/proc/{name}/cmdline", "rb") as file:
                if b"pyspark.daemon" in file.read():
                    found.append(int(name))
        except OSError:
            continue

    def is_ours(process: int) -> bool:
        return process == os.getpid() or process in parents and is_ours(parents[process])

    # The daemon's children are the workers; the daemon itself stays.
    return [one for one in found if parents[one] in found and is_ours(one)]


class Failing(SparkTestCase):
    def test_a_task_whose_worker_ends_is_done_again(self):
        path = self.file("a.csv", lines(600))

        def ending(batches):
            from pyspark import TaskContext

            task = TaskContext.get()
            for batch in batches:
                if task.attemptNumber() < 2 and task.partitionId() % 3 == 1:
                    os._exit(1)
                yield batch

        frame = self.read(path, blocksize=1_500)
        found = frame.mapInArrow(ending, frame.schema).toArrow()
        self.assertEqual(found["id"].to_pylist(), memory_diet.read_csv(path).to_arrow()["id"].to_pylist())

    def test_workers_are_killed(self):
        path, stopped, killed = self.file("a.csv", lines(40_000)), threading.Event(), []
        expected = memory_diet.spark.to_parquet(self.spark, path, self.path("whole"), blocksize=20_000)

        def kill():
            while not stopped.wait(0.7) and len(killed) < 3:
                for one in workers()[:1]:
                    os.kill(one, 9)
                    killed.append(one)

        killing = threading.Thread(target=kill)
        killing.start()
        try:
            names = memory_diet.spark.to_parquet(self.spark, path, self.path("killed"), blocksize=20_000)
        finally:
            stopped.set()
            killing.join()
        self.assertTrue(killed)
        self.assertEqual(sorted(os.listdir(self.path("killed"))), [os.path.basename(name) for name in expected])
        for first, second in zip(expected, names):
            self.assertEqual(pyarrow.parquet.read_table(first), pyarrow.parquet.read_table(second))


if __name__ == "__main__":
    unittest.main()
