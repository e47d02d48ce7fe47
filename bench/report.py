"""Medians of the benchmark's runs as Markdown and JSON.

Times in seconds, sizes in bytes unless a heading says MB (10^6).
"""

import json
import os
import platform
from importlib import metadata
from pathlib import Path
from statistics import median

COMPARISONS = [  # title, our task, peers' task
    ("Apply beside plain load", "apply", "load"),
    ("Apply beside the peers' own diet", "apply", "diet"),
    ("Analyze beside the peers' profile", "analyze", "profile"),
    ("Analyze beside plain load", "analyze", "load"),
]
HEADINGS = [
    "who",
    "wall s",
    "work s (min)",
    "CPU s",
    "peak RSS MB",
    "MB/s",
    "before MB",
    "after MB",
    "ours ÷ work",
    "ours ÷ wall",
]
LIBRARIES = ["pandas", "numpy", "polars", "pyarrow", "duckdb", "datatable"]
Key = tuple[str, str, str]  # file, who, task


def line(result: dict) -> str:
    """One run for a person who waits."""
    head = f"{result['file']:20}{result['peer']:10}{result['task']:8} round {result['round']}"
    if "error" in result:
        return f"{head}  {result['error']}"
    return (
        f"{head}  wall {result['wall_seconds']:6.2f}  work {result['work_seconds']:6.2f}  "
        f"CPU {result['cpu_seconds']:6.2f}  peak {result['peak_rss'] / 1e6:6.0f} MB"
    )


def medians(runs: list[dict]) -> dict[Key, dict]:
    """Median of each measure over the rounds, and the least work time; runs that failed are left
    out."""
    groups: dict[Key, list[dict]] = {}
    for result in runs:
        if "error" not in result:
            groups.setdefault((result["file"], result["peer"], result["task"]), []).append(result)
    table = {}
    for key, group in groups.items():
        row = {
            name: median(one[name] for one in group)
            for name in ("wall_seconds", "work_seconds", "cpu_seconds", "peak_rss")
        }
        last = group[-1]
        table[key] = row | {
            "least_work_seconds": min(one["work_seconds"] for one in group),
            "rounds": len(group),
            "before": last["before"],
            "after": last["after"],
            "written": last.get("written"),
            "bytes": last["bytes"],
            "bytes_measure": last.get("bytes_measure"),
        }
    for (file, who, task), found in table.items():
        if (who, task) == ("diet", "apply") and (
            file,
            who,
            "analyze",
        ) in table:  # only analyze reports bytes
            found |= {name: table[file, who, "analyze"][name] for name in ("before", "after")}
    return table


def megabytes(size: float | None) -> str:
    """A size in MB, or a dash where it is not known."""
    return "–" if size is None else f"{size / 1e6:,.1f}"


def ratio(ours: dict | None, theirs: float) -> str:
    """Our wall time as a share of theirs."""
    return f"{ours['wall_seconds'] / theirs:.3f}" if ours else "–"


def row(who: str, found: dict, ours: dict | None) -> str:
    """One line of a table; ours has no ratio to itself."""
    shares = (
        ["", ""]
        if found is ours
        else [ratio(ours, found["work_seconds"]), ratio(ours, found["wall_seconds"])]
    )
    cells = [
        who,
        f"{found['wall_seconds']:.2f}",
        f"{found['work_seconds']:.2f} ({found['least_work_seconds']:.2f})",
        f"{found['cpu_seconds']:.2f}",
        f"{found['peak_rss'] / 1e6:,.0f}",
        f"{found['bytes'] / found['work_seconds'] / 1e6:,.0f}",
        megabytes(found["before"]),
        megabytes(found["after"]),
        *shares,
    ]
    return "| " + " | ".join(cells) + " |"


def fastest_first(table: dict[Key, dict], file: str, task: str) -> list[tuple[float, str]]:
    """(work seconds, peer) of a task on a file."""
    return sorted(
        (found["work_seconds"], who)
        for (name, who, what), found in table.items()
        if name == file and what == task and who != "diet"
    )


def summary(table: dict[Key, dict], files: list[str]) -> list[str]:
    """The lines of the first table: our wall time as a share of the fastest peer's work time."""
    titles = [title for title, _, _ in COMPARISONS]
    lines = ["| file | " + " | ".join(titles) + " |", "|---|" + "---|" * len(titles)]
    for file in files:
        cells = [file]
        for _, our_task, task in COMPARISONS:
            ours, peers = table.get((file, "diet", our_task)), fastest_first(table, file, task)
            cells.append(f"{ratio(ours, peers[0][0])} of {peers[0][1]}" if peers else "–")
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def comparison(table: dict[Key, dict], file: str, our_task: str, task: str) -> list[str]:
    """The lines of one table: ours, then the peers from the fastest to the slowest."""
    ours = table.get((file, "diet", our_task))
    peers = fastest_first(table, file, task)
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|" + "--:|" * (len(HEADINGS) - 1)]
    if ours:
        lines.append(row(f"**diet {our_task}**", ours, ours))
    return lines + [row(f"{who} {task}", table[file, who, task], ours) for _, who in peers]


def environment() -> dict:
    """Where the figures come from."""
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return {
        "machine": platform.machine(),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load_average": os.getloadavg()[0],
        "versions": versions,
    }


def markdown(runs: list[dict], where: dict) -> str:
    """The whole report."""
    table = medians(runs)
    names = ", ".join(f"{name} {version}" for name, version in where["versions"].items())
    lines = [
        "# Ours beside the peers",
        "",
        f"{where['cpus']} CPUs ({where['machine']}), Python {where['python']}, "
        f"load {where['load_average']:.1f}; {names}.",
        "Medians of the rounds; each run is a fresh process, files on tmpfs.",
        "Work: without imports; for ours, the whole process. MB/s: bytes of CSV by work time.",
        "Before and after: bytes held, as each engine counts its own; before of ours is pandas.",
        "",
    ]
    files = list(dict.fromkeys(result["file"] for result in runs))
    lines += [
        "## Our wall time as a share of the fastest peer's work time",
        "",
        *summary(table, files),
        "",
    ]
    for file in files:
        size = next(result["bytes"] for result in runs if result["file"] == file)
        lines += [f"## {file} ({size / 1e6:,.1f} MB)", ""]
        for title, our_task, task in COMPARISONS:
            lines += [f"### {title}", "", *comparison(table, file, our_task, task), ""]
    failed = [line(result) for result in runs if "error" in result]
    if failed:
        lines += ["## Failed", "", *(f"- {text}" for text in failed), ""]
    return "\n".join(lines)


def write(folder: Path, runs: list[dict]) -> None:
    """compare.md and compare.json (every run, and the medians) in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    where = environment()
    (folder / "compare.md").write_text(markdown(runs, where), encoding="utf-8")
    summary = [
        {"file": file, "peer": who, "task": task} | found
        for (file, who, task), found in medians(runs).items()
    ]
    whole = {"environment": where, "medians": summary, "runs": runs}
    (folder / "compare.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
