"""The examples of `docs/python.md` are run."""

import contextlib
import io
import os
import re
import shutil
import unittest

import pyarrow
from tables import TableTestCase

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


class ExampleTests(TableTestCase):
    def test_examples(self):
        with open(os.path.join(ROOT, "docs", "python.md"), encoding="utf-8") as page:
            examples = re.findall(r"^```python\n(.*?)^```", page.read(), re.MULTILINE | re.DOTALL)
        self.assertEqual(len(examples), 6)
        # The fixture is compressed; the library reads that, pandas wants the text.
        source = os.path.join(ROOT, "fixtures", "flights.csv.zst")
        with open(self.path("flights.csv"), "wb") as target:
            with pyarrow.input_stream(source, compression="zstd") as stream:
                shutil.copyfileobj(stream, target)
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            for example in examples:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(example, "docs/python.md", "exec"), {})
        finally:
            os.chdir(before)


if __name__ == "__main__":
    unittest.main()
