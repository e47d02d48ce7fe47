"""What keeps columns wide, as `diet why` says it."""

import json

import memory_diet
import pandas
from tables import TableTestCase


class WhyTests(TableTestCase):
    def setUp(self):
        super().setUp()
        self.csv = self.path("v.csv")
        with open(self.csv, "w") as file:
            file.write("id,v\n")
            file.writelines(f"{n},{'-' if n == 700 else n % 90}\n" for n in range(2000))

    def test_files(self):
        report = memory_diet.why(self.csv)
        columns = {column["name"]: column for column in report.to_dict()["columns"]}
        narrower = columns["v"]["obstacles"][0]
        self.assertEqual(narrower["values"], 1)
        self.assertEqual(narrower["kinds"][0]["first"], [{"line": 702, "text": "-"}])
        self.assertIn("without  1 value", str(report))
        self.assertIn("1 of 2 columns", repr(report))
        self.assertEqual(json.loads(report.text("json")), report.to_dict())
        # What is advised is an argument, and does what is said.
        self.assertEqual(narrower["options"], ['null_token={"v": "-"}'])
        table = eval(f"memory_diet.read_csv(self.csv, {narrower['options'][0]})")
        kinds = {c["name"]: c["layout"] for c in table.report().to_dict()["columns"]}
        self.assertEqual(kinds["v"], narrower["layout"])

    def test_columns(self):
        report = memory_diet.why(self.csv, columns=["id"])
        self.assertEqual([c["name"] for c in report.to_dict()["columns"]], ["id"])
        with self.assertRaises(memory_diet.OptionError):
            memory_diet.why(self.csv, columns=["no"])

    def test_analyze_has_them(self):
        columns = memory_diet.analyze(self.csv).to_dict()["columns"]
        found = [c for c in columns if c.get("obstacles")]
        self.assertEqual([c["name"] for c in found], ["v"])

    def test_frames(self):
        frame = pandas.DataFrame({"v": [n * 7919 % 30000 for n in range(2000)] + [10**9]})
        narrower = memory_diet.why(frame).to_dict()["columns"][0]["obstacles"][0]
        self.assertEqual(narrower["kinds"][0]["kind"], "range")
        self.assertEqual(narrower["kinds"][0]["first"][0]["row"], 2001)
