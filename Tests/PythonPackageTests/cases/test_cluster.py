"""A Dask cluster of processes: the same plan, the same files, also where a worker is killed."""

import os
import signal
import threading
import warnings

import memory_diet
import pandas
import tables


def text(rows: int) -> str:
    """Numbers, words, and a quoted field of two lines in every seventh row."""
    quoted = '"first line\nsecond, ""quoted"""'
    return "id,word,note\n" + "".join(
        f"{row * 37},{'xyz'[row % 3]},{quoted if row % 7 == 0 else 'plain'}\n" for row in range(rows)
    )


class Cluster(tables.TableTestCase):
    def test_workers_are_processes(self):
        import logging

        import memory_diet.dask
        from distributed import Client, LocalCluster

        path = self.file("table.csv", text(12_000))
        whole = memory_diet.read_csv(path).to_pandas()
        notes = warnings.catch_warnings()
        notes.__enter__()
        self.addCleanup(notes.__exit__, None, None, None)
        warnings.simplefilter("ignore", memory_diet.NoteWarning)
        settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
        with LocalCluster(**settings, silence_logs=logging.CRITICAL) as cluster, Client(cluster):
            self.assertEqual(memory_diet.dask.plan(path, blocksize=12_000), memory_diet.profile(path).plan())
            frame = memory_diet.dask.read_csv(path, blocksize=50_000).persist()
            counts = frame.groupby(["word", "note"], observed=True).id.sum().compute()
            pandas.testing.assert_series_equal(
                counts.sort_index(), whole.groupby(["word", "note"], observed=True).id.sum().sort_index(),
                check_dtype=False, check_index_type=False,
            )
            written = memory_diet.dask.to_parquet(path, self.path("plain"), blocksize=12_000)
            victim = next(iter(cluster.workers.values())).process.pid
            killing = threading.Timer(0.3, os.kill, [victim, signal.SIGKILL])
            killing.start()
            again = memory_diet.dask.to_parquet(path, self.path("killed"), blocksize=12_000)
            killing.join()
        self.assertGreater(len(written), 10)
        self.assertEqual(list(map(os.path.basename, written)), sorted(os.listdir(self.path("killed"))))
        for first, second in zip(written, again):
            with open(first, "rb") as a, open(second, "rb") as b:
                self.assertEqual(a.read(), b.read(), first)
        self.assertEqual(len(pandas.read_parquet(self.path("killed"))), len(whole))
