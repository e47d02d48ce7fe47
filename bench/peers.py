"""Measure one peer at one task on one file, in a process of its own; JSON on stdout.

    peers.py PEER load|diet|profile FILE

`work_seconds` is the task without imports; `wall_seconds`, `cpu_seconds` and `peak_rss` (bytes) are
of the whole process with its imports; `before` and `after` are bytes held (null where the engine
does not tell), counted outside the work time.
"""

import argparse
import importlib
import json
import sys
import time
import warnings

from measure import run

PEERS = ["pandas", "polars", "pyarrow", "duckdb", "datatable"]
TASKS = ["load", "diet", "profile"]
ABSENT = {"pandas": ["profile"], "pyarrow": ["profile"], "datatable": ["diet", "profile"]}


def work(peer: str, task: str, path: str) -> dict:
    """Do the task in this process."""
    engine = importlib.import_module(f"engines.{peer}_engine")
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    if task == "profile":
        columns = engine.profile(path)
        return {
            "work_seconds": time.perf_counter() - start,
            "columns": columns,
            "before": None,
            "after": None,
        }
    table = engine.load(path)
    seconds = time.perf_counter() - start
    before = after = engine.held(table)
    if task == "diet":
        start = time.perf_counter()
        table = engine.diet(table)
        seconds += time.perf_counter() - start
        after = engine.held(table)
    return {
        "work_seconds": seconds,
        "before": before,
        "after": after,
        "bytes_measure": engine.MEASURE,
    }


def measured(peer: str, task: str, path: str) -> dict:
    """Do the task in a fresh process; add what only its parent can see, `error` if it failed."""
    done = run([sys.executable, __file__, peer, task, path, "--here"])
    result = {
        "peer": peer,
        "task": task,
        "file": path,
        "wall_seconds": done.wall,
        "cpu_seconds": done.cpu,
        "peak_rss": done.peak_rss,
    }
    if done.code == 0:
        return result | json.loads(done.output)
    return result | {"error": f"exit code {done.code}"}


def main() -> int:
    """Measure, or with --here be the measured process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("file")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    action = work if options.here else measured
    result = action(options.peer, options.task, options.file)
    print(json.dumps(result))
    return 1 if "error" in result else 0


if __name__ == "__main__":
    sys.exit(main())
