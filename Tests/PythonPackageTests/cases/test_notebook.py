"""How tables and reports show themselves in a notebook."""

import html.parser

import memory_diet
import pandas
from tables import TableTestCase


class Parsed(html.parser.HTMLParser):
    """The elements of a page, each with the text in it, as Python reads HTML."""

    def __init__(self, text):
        super().__init__()
        self.open, self.texts, self.unclosed = [], {}, []
        self.feed(text)
        self.close()
        self.unclosed += self.open

    def handle_starttag(self, tag, attributes):
        if tag != "br":
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag, attributes):
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]][-1] += data


class NotebookTests(TableTestCase):
    NAMES = ["n", "<script>alert(1)</script>", 'a"\u0301 onload=x', "注文"]

    def frame(self, rows):
        values = [range(rows), ["<b>&amp;</b>"] * rows, [None, 2.5] * (rows // 2), ["", "x"] * (rows // 2)]
        return pandas.DataFrame(dict(zip(self.NAMES, values)))

    def test_table(self):
        parsed = Parsed(memory_diet.lean(self.frame(40))._repr_html_())
        self.assertEqual(parsed.unclosed, [])
        self.assertNotIn("script", parsed.texts)
        self.assertIn("First rows", parsed.texts["h2"])
        self.assertIn("10 of 40 rows.", parsed.texts["p"])
        cells = parsed.texts["td"]
        rows = [cells[place : place + 4] for place in range(len(cells))]
        self.assertIn(["0", "<b>&amp;</b>", "null", '""'], rows)
        self.assertIn(["9", "<b>&amp;</b>", "2.5", "x"], rows)
        self.assertNotIn(["10", "<b>&amp;</b>", "null", '""'], rows)
        for name in self.NAMES:
            self.assertIn(name, parsed.texts["th"])

    def test_report(self):
        report = memory_diet.analyze(self.frame(40))
        parsed = Parsed(report._repr_html_())
        self.assertEqual(parsed.unclosed, [])
        self.assertNotIn("First rows", parsed.texts["h2"])
        self.assertEqual(report._repr_html_(), report.text("html"))
        page = report.text("page")
        self.assertTrue(page.startswith("<!doctype html>"))
        self.assertIn("Bytes by column", Parsed(page).texts["h2"])
