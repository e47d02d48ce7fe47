"""What tests on Spark share: one session for a process, in another zone than UTC."""

import os
import sys
import unittest
import warnings

import memory_diet
import tables

try:
    import memory_diet.spark
    from pyspark.errors import PythonException
    from pyspark.sql import SparkSession
except ImportError as error:
    MISSING, PythonException = f"Spark was not run: {error}", Exception
else:
    MISSING = None


class SparkTestCase(tables.TableTestCase):
    """No notes but where they are looked for."""

    @classmethod
    def setUpClass(cls):
        if MISSING is not None:
            raise unittest.SkipTest(MISSING)
        os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.session.timeZone": "America/New_York",
        }
        # A task that fails is tried four times.
        builder = SparkSession.builder.master("local[2, 4]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        cls.spark = builder.getOrCreate()
        cls.spark.sparkContext.setLogLevel("OFF")

    def setUp(self):
        super().setUp()
        notes = warnings.catch_warnings()
        notes.__enter__()
        self.addCleanup(notes.__exit__, None, None, None)
        warnings.simplefilter("ignore")

    def read(self, path, **options):
        return memory_diet.spark.read_csv(self.spark, path, **options)

    def assertSameRows(self, path, **options):
        """Spark and `read_csv` give the same rows in the same order."""
        layout = {name: options.pop(name) for name in ("blocksize",) if name in options}
        whole = memory_diet.read_csv(path, **options).to_arrow()
        frame = self.read(path, **layout, **options)
        found = frame.toArrow()
        self.assertEqual(found.column_names, whole.column_names)
        for name in whole.column_names:
            self.assertEqual(found[name].to_pylist(), whole[name].to_pylist(), name)
        return frame
