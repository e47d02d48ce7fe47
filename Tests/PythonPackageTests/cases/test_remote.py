"""Tables behind URLs, which fsspec reads."""

import http.server
import os
import pickle
import random
import re
import threading
import unittest
import warnings
import zipfile

import fsspec
import memory_diet
import memory_diet.dask
from test_parts import ROWS, TableTestCase, text


class Remotes(TableTestCase):
    """The same files on disk and behind URLs: two months, in a file system in memory."""

    def setUp(self) -> None:
        super().setUp()
        caught = warnings.catch_warnings()
        caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.simplefilter("ignore")
        self.files = fsspec.filesystem("memory")
        self.addCleanup(self.files.rm, "/months", recursive=True)
        for number in (1, 2):
            self.files.pipe(f"/months/{number}.csv", text(ROWS, number).encode())
            with open(f"{self.folder.name}/{number}.csv", "w", newline="") as file:
                file.write(text(ROWS, number))

    def test_parts_are_those_of_the_file(self) -> None:
        url = "memory://months/1.csv"
        path = f"{self.folder.name}/1.csv"
        plan = memory_diet.profile(url).plan()
        self.assertEqual(plan, memory_diet.profile(path).plan())
        scans = [memory_diet.scan(url, part) for part in self.ranges(5, 2)]
        scan = pickle.loads(pickle.dumps(scans[0].merge(*scans[1:])))
        for part in self.ranges(5, 2):
            found = memory_diet.read_csv_part(url, part, plan, scan=scan).to_arrow()
            self.assertTrue(found.equals(memory_diet.read_csv_part(path, part, plan).to_arrow()))

    def test_patterns_and_folders(self) -> None:
        local = memory_diet.dask.read_csv(f"{self.folder.name}/[12].csv", blocksize=9000).compute()
        for url in ("memory://months/*.csv", "memory://months", ["memory://months/1.csv", "memory://months/2.csv"]):
            frame = memory_diet.dask.read_csv(url, blocksize=9000)
            self.assertGreater(frame.npartitions, 4)
            self.assertTrue(frame.compute().reset_index(drop=True).equals(local.reset_index(drop=True)), url)
        lazy = memory_diet.scan_csv("memory://months/*.csv", blocksize=9000).collect()
        self.assertEqual(lazy.height, 2 * ROWS)

    def test_what_is_not_there(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "there is no such file"):
            memory_diet.dask.read_csv("memory://months/3.csv")
        with self.assertRaisesRegex(FileNotFoundError, "no file matches"):
            memory_diet.dask.read_csv("memory://months/x*.csv")
        with self.assertRaisesRegex(memory_diet.OptionError, "they are for URLs"):
            memory_diet.dask.read_csv(self.path, storage_options={"anon": True})
        with self.assertRaisesRegex(memory_diet.OptionError, "make no columns"):
            memory_diet.dask.read_csv("memory://months", hive_partitioning=True)

    def test_packed_files_are_one_part(self) -> None:
        import gzip

        self.files.pipe("/months/1.csv.gz", gzip.compress(text(ROWS, 1).encode()))
        frame = memory_diet.dask.read_csv("memory://months/1.csv.gz", blocksize=1000)
        self.assertEqual((frame.npartitions, len(frame)), (1, ROWS))

    def test_what_fails_is_said(self) -> None:
        class Failing:
            def seek(self, offset, whence=0):
                return 5000

            def read(self, count):
                raise OSError("the line is cut")

            def close(self):
                pass

        reading = memory_diet._remote.Reading("memory://x.csv", Failing(), 5000)
        plan = memory_diet.plan(self.path)
        opened = memory_diet._remote.Remote.open
        memory_diet._remote.Remote.open = lambda self, end=None: reading
        try:
            with self.assertRaisesRegex(OSError, "memory://x.csv: reading failed: the line is cut"):
                memory_diet.read_csv_part("memory://x.csv", (0, None), plan)
        finally:
            memory_diet._remote.Remote.open = opened

    def test_chains(self) -> None:
        archive = f"{self.folder.name}/months.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for number in (1, 2):
                file.write(f"{self.folder.name}/{number}.csv", f"{number}.csv")
        local = memory_diet.scan_csv(f"{self.folder.name}/[12].csv").collect()
        for url in (f"zip://*.csv::{archive}", "simplecache::memory://months/*.csv"):
            found = memory_diet.scan_csv(url, blocksize=9000).collect()
            self.assertTrue(found.equals(local), url)
        with self.assertRaisesRegex(FileNotFoundError, "there is no such file"):
            memory_diet.scan_csv("simplecache::memory://months/3.csv")

    def test_what_changes_is_refused(self) -> None:
        path = f"{self.folder.name}/1.csv"
        with open(path) as file:
            old = file.read()
        new = old.replace("1", "2")
        self.assertEqual(len(old), len(new))

        def rewrite() -> None:
            with open(path, "w") as file:
                file.write(new)
            os.utime(path, (1, 1))

        for url, change in (
            (path, rewrite),
            ("memory://months/1.csv", lambda: self.files.pipe("/months/1.csv", new.encode())),
        ):
            frame = memory_diet.scan_csv(url, blocksize=9000)
            self.assertEqual(frame.collect().height, ROWS)
            change()
            with self.assertRaisesRegex(memory_diet.InputError, "the file changed since it was first looked at"):
                frame.collect()

    def test_secrets_are_left_out(self) -> None:
        shown = memory_diet._remote.without_secrets
        for url, name in (
            ("https://h/a.csv?X-Amz-Signature=abc&X-Amz-Date=1&Signature=x", "https://h/a.csv"),
            ("https://user:word@h:81/a@b.csv", "https://h:81/a@b.csv"),
            ("ftp://user:word@h/a.csv", "ftp://h/a.csv"),
            ("https://acct.blob/c/a.csv?sv=2022&sig=abc%3D&se=2030", "https://acct.blob/c/a.csv"),
            ("zip://q.csv::https://h/a.zip?token=x", "zip://q.csv::https://h/a.zip"),
            ("memory://a/b?c.csv", "memory://a/b?c.csv"),
            ("s3://bucket/a b.csv", "s3://bucket/a b.csv"),
        ):
            self.assertEqual(shown(url), name)
        one, other = (shown(f"https://h/get?id={number}&sig=x") for number in (1, 2))
        self.assertNotEqual(one, other)
        self.assertTrue(one.startswith("https://h/get?") and "id" not in one)

    def test_bytes_that_are_asked_for(self) -> None:
        asked = []

        class Counting:
            def __init__(self, data: bytes) -> None:
                self.data, self.place = data, 0

            def seek(self, offset: int) -> None:
                self.place = offset

            def read(self, count: int) -> bytes:
                asked.append((self.place, count))
                return self.data[self.place : self.place + count]

        data = random.Random(16).randbytes(20 << 20)
        reading = memory_diet._remote.Reading("x", Counting(data), len(data), end=13 << 20)
        # Two threads that go on, each from its place.
        places = [3 << 20, 8 << 20]
        while places[0] < 8 << 20:
            for index in (0, 1):
                self.assertEqual(reading.read(places[index], 100_000), data[places[index] :][:100_000])
                places[index] += 100_000
        self.assertLessEqual(sum(count for _, count in asked), 14 << 20)
        self.assertLess(len(asked), 20)
        self.assertEqual(reading.read((20 << 20) - 5, 100), data[-5:])
        self.assertEqual(reading.read(0, len(data) + 5), data)


class Servers(TableTestCase):
    """What servers of HTTP say, on this machine."""

    def setUp(self) -> None:
        super().setUp()
        with open(self.path, "rb") as file:
            data = file.read()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.answer(False)

            def do_GET(self) -> None:
                self.answer(True)

            def answer(self, has_body: bool) -> None:
                path = self.path.partition("?")[0]
                if path in ("/403", "/500"):
                    return self.send_error(int(path[1:]))
                body = b"" if path == "/empty.csv" else data
                found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
                self.send_response(206 if found and path != "/whole.csv" else 200)
                if found and path != "/whole.csv":
                    start, end = int(found[1]), min(int(found[2]) + 1, len(body))
                    self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(body)}")
                    body = body[start:end]
                self.send_header("Accept-Ranges", "none" if path == "/whole.csv" else "bytes")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if has_body:
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.root = f"http://127.0.0.1:{self.server.server_port}"

    def test_tables_and_errors(self) -> None:
        url = f"{self.root}/table.csv?X-Amz-Signature=topsecret"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            local = memory_diet.scan_csv(self.path).collect()
            self.assertTrue(memory_diet.scan_csv(url, blocksize=20_000).collect().equals(local))
            self.assertTrue(memory_diet.scan_csv(f"simplecache::{self.root}/whole.csv").collect().equals(local))
            self.assertEqual(memory_diet.scan_csv(f"{self.root}/empty.csv").collect().shape, (0, 0))
        output = f"{self.folder.name}/part.parquet"
        memory_diet.write_csv_part(url, (0, None), memory_diet.profile(url), output)
        with open(output, "rb") as file:
            written = file.read()
        self.assertNotIn(b"topsecret", written)
        # Whoever has the file can verify the part by what was read.
        self.assertIsNone(re.search(rb'\\?"digest\\?"\s*:\s*\\?"\\?"', written))
        for name, kind, words in (
            ("403", PermissionError, "its server says 403"),
            ("500", OSError, "its server says 500"),
            ("whole.csv", memory_diet.InputError, "gives no ranges of bytes.*simplecache::"),
        ):
            with self.assertRaisesRegex(kind, words):
                memory_diet.scan_csv(f"{self.root}/{name}")
        with self.assertRaisesRegex(memory_diet.OptionError, "is a URL: .memory_diet.profile"):
            memory_diet.plan(url)


if __name__ == "__main__":
    unittest.main()
