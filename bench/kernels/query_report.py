"""A Markdown table from the lines of both sides, and whether they answered the same.

Exits with 1 where an answer has other rows, or other sums than rounding explains.
"""

import json
import sys
from collections import defaultdict


def main(paths):
    answers = defaultdict(dict)
    for path in paths:
        for line in open(path):
            record = json.loads(line)
            answers[record["question"]][record["engine"]] = record
    engines = ["polars", "polars, Categorical", "DuckDB"]
    print("| question | diet | " + " | ".join(engines) + " | best peer / diet |")
    print("|---|---:|" + "---:|" * len(engines) + "---:|")
    isEqual = True
    for question, records in answers.items():
        ours = records.pop("diet", None)
        if not ours or not records:
            continue
        for engine, record in records.items():
            distance = abs(record["check"] - ours["check"])
            if record["rows"] != ours["rows"] or distance > 1e-9 * abs(ours["check"]) + 1e-6:
                isEqual = False
                print(f"{question}: {engine} has {record['rows']} rows, sum {record['check']!r};"
                      f" diet {ours['rows']}, {ours['check']!r}", file=sys.stderr)
        times = [f"{records[e]['median'] * 1e3:.1f} ms" if e in records else "" for e in engines]
        best = min(record["median"] for record in records.values())
        print(f"| {question} | {ours['median'] * 1e3:.1f} ms | " + " | ".join(times)
              + f" | {best / ours['median']:.2f} |")
    return 0 if isEqual else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
