"""Fills docs/making-pandas-fly.md: tables, code that was run, and plots.

    page.py RESULTS.jsonl

Exits with 1 where two ways do not answer the same. What stands between `<!-- table: x -->`, `<!-- code: x -->` and
`<!-- end -->` is written again; the text around stays.
"""

import itertools
import json
import pathlib
import re
import sys
import textwrap
from collections import defaultdict

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "diet", "font.family": "sans-serif"})
import matplotlib.pyplot as plt  # noqa: E402  (after the backend is chosen)

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "making-pandas-fly.md"
PLOTS = ROOT / "docs" / "making-pandas-fly"
SOURCES = {
    "python": ROOT / "bench" / "talk" / "ways.py",
    "swift": ROOT / "bench" / "kernels" / "Sources" / "TalkBench" / "TalkQuestions.swift",
}
TABLES = {"flights": "flights", "groupby": "10 million rows"}
TITLES = {
    "categories": "mean by a word", "arrays": "sum", "windows": "moving median", "expressions": "expression",
    "compiled": "own function", "files": "files to means",
}
# A sum in another order, or of means, differs in its last bits; the wrapped and the rounded ones are the point.
UNEQUAL = {"wrapping", "rounding"}


def read(path):
    results = defaultdict(dict)
    for line in pathlib.Path(path).read_text().splitlines():
        record = json.loads(line)
        ways = results[record["advice"], record["table"]]
        ways.setdefault(record["way"], {}).update(record)
    return results


def differences(results):
    for (advice, table), ways in results.items():
        if advice in UNEQUAL or "answer" not in ways["diet"]:
            continue
        ours = ways["diet"]["answer"]
        for way, record in ways.items():
            if "answer" in record and abs(record["answer"] - ours) > 1e-6 * max(1, abs(ours)):
                yield f"{advice}, {table}: {way} answers {record['answer']!r}, diet {ours!r}"


def duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 \
        else f"{seconds * 1e6:.0f} µs"


def megabytes(count):
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count / 1e3:,.1f} kB"


def cells(record, ours):
    """What a way takes on one table, and how many times ours that is."""
    shown = []
    for key, write in [("median", duration), ("peak", megabytes), ("bytes", megabytes)]:
        if key in ours:
            shown += [write(record[key]), f"{record[key] / ours[key]:.1f}×"] if key in record else ["", ""]
    return shown


def table(advice, results):
    tables = [name for name in TABLES if (advice, name) in results]
    ways = list(dict.fromkeys(way for name in tables for way in results[advice, name] if way != "diet")) + ["diet"]
    header, rule = ["way"], ["---"]
    for name in tables:
        for key, what in [("median", ""), ("peak", ", peak"), ("bytes", ", held")]:
            if key in results[advice, name]["diet"]:
                header += [TABLES[name] + what, "× ours"]
                rule += ["--:", "--:"]
    lines = [header, rule]
    for way in ways:
        row = [f"**{way}**" if way == "diet" else way]
        for name in tables:
            row += cells(results[advice, name].get(way, {}), results[advice, name]["diet"])
        lines.append(row)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def code(name):
    blocks = []
    for language, path in SOURCES.items():
        for part in re.findall(rf"^ *(?:#|//) Talk: {name}\n(.*?)^ *(?:#|//) Talk: end\n", path.read_text(), re.M | re.S):
            blocks.append(f"```{language}\n{textwrap.dedent(part).rstrip()}\n```")
    return "\n\n".join(blocks)


def fill(page, results):
    def block(match):
        kind, name = match.group(1), match.group(2)
        body = table(name, results) if kind == "table" else code(name)
        return f"<!-- {kind}: {name} -->\n\n{body}\n\n<!-- end -->"
    page = re.sub(r"<!-- (table|code): (\w+) -->\n.*?<!-- end -->", block, page, flags=re.S)
    return re.sub(r"(?<=<!-- answers -->\n).*?(?=<!-- end -->)", "\n" + answers(results) + "\n\n", page, flags=re.S)


def answers(results):
    """What came out where a narrow type wraps, or rounds."""
    lines = [["", "pandas", "pandas, downcast", "diet"], ["---", "--:", "--:", "--:"]]
    for advice, table, title in [("wrapping", "flights", "flights, sum of `hour * 60 + minute`"),
                                 ("rounding", "groupby", "10 million rows, sum of `v3`")]:
        ways = results[advice, table]
        lines.append([title] + [f"{ways[way]['answer']:,.6f}".rstrip("0").rstrip(".") for way in lines[0][1:]])
    lines.append(["10 million rows, values of `v3` changed", "0",
                  f"{results['rounding', 'groupby']['pandas, downcast']['changed']:,}", "0"])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def save(figure, name):
    PLOTS.mkdir(exist_ok=True)
    figure.savefig(PLOTS / f"{name}.svg", bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)


def plot_times(results):
    """How many times ours each way takes, on a logarithmic axis."""
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 4.6), sharey=True)
    for panel, (name, title) in zip(panels, TABLES.items()):
        for place, advice in enumerate(reversed(TITLES)):
            ways = results[advice, name]
            ours = ways["diet"]["median"]
            ratios = sorted((record["median"] / ours, way) for way, record in ways.items()
                            if "median" in record and way != "diet")
            levels = itertools.cycle([(3, 4, 20), (3, -4, -20), (-3, 11, 20)])
            last = 0
            for ratio, way in ratios:
                # Names of points that lie close stand above and below in turn.
                if last == 0 or ratio / last > 2:
                    levels = itertools.cycle([(3, 4, 20), (3, -4, -20), (-3, 11, 20)])
                last = ratio
                x, y, rotation = next(levels)
                isPlain = way in ("pandas", "pandas, object", "pandas, apply")
                panel.plot(ratio, place, "o", color="#9aa0a6" if isPlain else "#1a73e8")
                panel.annotate(way.removeprefix("pandas, "), (ratio, place), fontsize=6.5, rotation=rotation,
                               va="bottom" if y > 0 else "top", xytext=(x, y), textcoords="offset points")
        panel.axvline(1, color="#188038", linewidth=2)
        panel.set_xscale("log")
        panel.xaxis.set_major_formatter("{x:g}")
        panel.xaxis.set_minor_formatter("")
        panel.set_yticks(range(len(TITLES)), list(reversed(TITLES.values())))
        panel.set_ylim(-0.5, len(TITLES) - 0.2)
        panel.set_title(title, fontsize=10)
        panel.set_xlabel("time / diet's", fontsize=9)
        panel.spines[["top", "right"]].set_visible(False)
    save(figure, "times")


def plot_bytes(results):
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 1.6))
    for panel, (name, title) in zip(panels, TABLES.items()):
        ways = results["numbers", name]
        order = ["diet", "pandas, downcast", "pandas"]
        sizes = [ways[way]["bytes"] / 1e6 for way in order]
        bars = panel.barh(order, sizes, color=["#188038", "#1a73e8", "#9aa0a6"])
        panel.bar_label(bars, [f"{size:,.1f} MB" for size in sizes], fontsize=8, padding=2)
        panel.set_xlim(0, max(sizes) * 1.25)
        panel.set_title(title, fontsize=10)
        panel.spines[["top", "right"]].set_visible(False)
    figure.subplots_adjust(wspace=0.45)
    save(figure, "bytes")


def main():
    results = read(sys.argv[1])
    unequal = list(differences(results))
    print(*unequal, sep="\n", file=sys.stderr)
    PAGE.write_text(fill(PAGE.read_text(), results))
    plot_times(results)
    plot_bytes(results)
    return 1 if unequal else 0


if __name__ == "__main__":
    sys.exit(main())
