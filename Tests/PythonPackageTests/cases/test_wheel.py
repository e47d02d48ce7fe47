"""What the wheel says of itself: the Linux that it is for, and whose work is in it."""

import glob
import os
import pathlib
import platform
import re
import subprocess
import unittest

import linux_tag
import memory_diet

ROOT = pathlib.Path(memory_diet.__file__).resolve().parents[3]


class TagTests(unittest.TestCase):
    def test_the_glibc_that_symbols_want(self):
        for versions, glibc in [
            ([], (2, 5)),
            (["GLIBC_2.2.5"], (2, 5)),
            (["GLIBC_2.17", "GLIBC_2.4"], (2, 17)),
            # Numbers, not text.
            (["GLIBC_2.9", "GLIBC_2.34"], (2, 34)),
            (["GLIBC_2.33"], (2, 33)),
            # Symbols of the C++ library come later than those of C.
            (["GLIBC_2.17", "GLIBCXX_3.4.30"], (2, 35)),
            (["GLIBC_2.17", "GLIBCXX_3.4.9"], (2, 17)),
            (["GLIBC_2.36", "GLIBCXX_3.4.30"], (2, 36)),
            (["GLIBC_2.17", "CXXABI_1.3.13"], (2, 34)),
            (["GLIBC_2.17", "GCC_12.0.0"], (2, 35)),
            (["GLIBC_2.17", "GCC_3.0", "CXXABI_1.3", "GLIBCXX_3.4"], (2, 17)),
        ]:
            with self.subTest(versions):
                self.assertEqual(linux_tag.oldest_glibc(versions), glibc)

    def test_tables_know_each_step_once(self):
        for name, steps in linux_tag.COMPILERS.items():
            self.assertEqual(steps, sorted(set(steps), reverse=True), name)

    def test_the_tag_is_neither_wider_nor_narrower_than_a_library(self):
        # The libraries of this machine, told once more by what their tables of versions say.
        seen = set()
        for path in glob.glob(f"/usr/lib/{platform.machine()}-linux-gnu/lib*.so.?")[:25]:
            needed, _ = linux_tag.read(path)
            if linux_tag.strangers(needed):
                self.assertEqual(linux_tag.tag(path), f"linux_{platform.machine()}", path)
                continue
            text = subprocess.run(
                ["readelf", "--wide", "--version-info", path], capture_output=True, text=True
            ).stdout
            versions = re.findall(r"Name: (\w+_[\d.]+) ", text.partition("needs section")[2])
            own = {v for v in versions if v.startswith("GLIBC_")} - {"GLIBC_ABI_DT_RELR"}
            tag = tuple(int(n) for n in re.match(r"manylinux_(\d+)_(\d+)_", linux_tag.tag(path)).groups())
            wanted = max([(2, 5)] + [tuple(int(n) for n in v[6:].split(".")[:2]) for v in own])
            self.assertGreaterEqual(tag, wanted, path)
            if own == set(versions):
                self.assertEqual(tag, wanted, path)
            seen.add(tag)
        self.assertGreater(len(seen), 1, "the libraries of this machine are all of one age")


class LicenceTests(unittest.TestCase):
    def test_every_archive_that_is_linked_is_named_with_its_text(self):
        folder = ROOT / "Sources/Python/licenses"
        named = (folder / "THIRD-PARTY.md").read_text("utf-8")
        archives = re.search(r"for name in (.+?); do \\\n.*lib\$\$name\.a", (ROOT / "Makefile").read_text())
        for name in archives.group(1).split():
            self.assertIn(f"`lib{name}.a`", named)
        texts = set(re.findall(r"`([\w.-]+\.txt)`", named))
        self.assertEqual(texts, {name for name in os.listdir(folder) if name.endswith(".txt")})
        for text in texts:
            self.assertGreater(len((folder / text).read_text("utf-8")), 500, text)
        expression = re.search('\nlicense = "(.+)"', (ROOT / "Sources/Python/pyproject.toml").read_text()).group(1)
        for row in named.splitlines():
            if row.startswith("| ") and "`" in row:
                licence = row.split("|")[3].strip().strip("*").split("**")[0]
                self.assertIn(licence, expression.split(" AND "), row)


if __name__ == "__main__":
    unittest.main()
