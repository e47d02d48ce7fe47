"""Run ours beside the peers, each in a fresh process, in turn, for several rounds; write Markdown
and JSON.

    compare.py [--diet .build/release/diet] [--rounds 3] [FILE…]

    apply    `diet apply F -o lean.arrow` (load, profile, plan, apply, check, write)
             beside the peers' plain load, and beside their own diet (load, analyse, apply, check)
    analyze  `diet analyze F --no-measure --format json`
             beside the peers' profile (minimum, maximum, distinct), and beside their plain load

Ours is always the wall time of the whole process. A peer has its wall time with imports and its
work time without. Files are read from --data, a folder on tmpfs, copied there from bench/data
where missing.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import report
from measure import run
from peers import ABSENT, PEERS, TASKS, measured

HERE = Path(__file__).resolve().parent
OURS = {
    "apply": ["apply", "{file}", "-o", "{out}"],
    "analyze": ["analyze", "{file}", "--no-measure", "--format", "json"],
}
FILES = [
    "flights.csv",
    "quoted.csv",
    "groupby-1e6.csv",
    "lineitem-sf0.1.csv",
    "groupby-1e7.csv",
    "lineitem-sf1.csv",
]


def ours(diet: str, task: str, path: str, folder: str) -> dict:
    """One run of ours.

    `before` and `after` are the report's own figures (analyze only), `written` the file's size.
    """
    out = Path(folder) / "lean.arrow"
    out.unlink(missing_ok=True)
    command = [diet, *(part.format(file=path, out=out) for part in OURS[task])]
    done = run(command, keep_output=task == "analyze")
    result = {
        "peer": "diet",
        "task": task,
        "file": path,
        "wall_seconds": done.wall,
        "work_seconds": done.wall,
        "cpu_seconds": done.cpu,
        "peak_rss": done.peak_rss,
        "before": None,
        "after": None,
    }
    if done.code != 0:
        return result | {"error": f"exit code {done.code}"}
    if task == "analyze":
        memory = json.loads(done.output)["memory"]
        return result | {"before": memory["before"], "after": memory["after"]}
    return result | {"written": out.stat().st_size}


def contenders(peers: list[str]) -> list[tuple[str, str]]:
    """(peer, task) in the order of one round: task by task, so that what is compared runs close
    together."""
    turns = [("diet", "apply")]
    for task in TASKS:
        turns += [(peer, task) for peer in peers if task not in ABSENT.get(peer, [])]
        turns += [("diet", "analyze")] if task == "load" else []
    return turns


def on_tmpfs(name: str, folder: Path) -> str:
    """The file in `folder`, copied there if it is not."""
    given = Path(name)
    source = given if given.exists() else HERE / "data" / name
    target = folder / source.name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return str(target)


def installed(peers: list[str]) -> list[str]:
    """Those peers that can be imported; the others are named on stderr."""
    found = []
    for peer in peers:
        if run([sys.executable, "-c", f"import {peer}"]).code == 0:
            found.append(peer)
        else:
            print(f"note: {peer} is not installed and is left out", file=sys.stderr)
    return found


def main() -> int:
    """Run all rounds and write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", default=FILES, help="names in bench/data, or paths")
    parser.add_argument(
        "--diet", default=str(HERE.parent / ".build/release/diet"), help="our program"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS)
    parser.add_argument(
        "--data", type=Path, default=Path("/dev/shm/bench-data"), help="folder on tmpfs"
    )
    parser.add_argument("--results", type=Path, default=HERE / "results")
    options = parser.parse_args()
    have_ours = os.access(options.diet, os.X_OK)
    if not have_ours:
        print(f"note: no program at {options.diet}; only the peers run", file=sys.stderr)
    turns = [
        turn for turn in contenders(installed(options.peers)) if have_ours or turn[0] != "diet"
    ]
    paths = [on_tmpfs(name, options.data) for name in options.files]
    runs = []
    with tempfile.TemporaryDirectory(dir=options.data) as folder:
        for path in paths:
            for number in range(options.rounds):
                for who, task in turns:
                    result = (
                        ours(options.diet, task, path, folder)
                        if who == "diet"
                        else measured(who, task, path)
                    )
                    runs.append(
                        result
                        | {"round": number, "file": Path(path).name, "bytes": os.path.getsize(path)}
                    )
                    print(report.line(runs[-1]), file=sys.stderr, flush=True)
            report.write(
                options.results, runs
            )  # after every file: a long run that is stopped leaves what it has
    print((options.results / "compare.md").read_text(encoding="utf-8"))
    return 1 if any("error" in result for result in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
