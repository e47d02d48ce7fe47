"""memory_diet.read_csv(file).to_pandas() beside pandas.read_csv(file).

    make wheel
    python -m venv v && v/bin/pip install .build-wheel/memory_diet-*.whl -r Tests/requirements.txt
    v/bin/python bench/python_package.py FILE... [--runs 7]

Each run is a process of its own, the two taking turns; imports and a first small table come before the
clock starts. Shown are the medians of wall and processor time, `memory_usage(deep=True)` of the frame,
and by how much resident memory grew: at the end, and at its peak while reading.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

WAYS = ["pandas", "memory_diet"]


def resident(key):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(key))


def measure(way, path):
    import pandas

    # What a first call loads and sets up is not the file's.
    pandas.DataFrame({"a": ["x"]}).memory_usage(deep=True)
    if way == "memory_diet":
        import memory_diet
        import pyarrow

        pyarrow.table({"a": [1]}).to_pandas()
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")
    before = resident("VmRSS")
    start, processor = time.perf_counter(), time.process_time()
    frame = pandas.read_csv(path) if way == "pandas" else memory_diet.read_csv(path).to_pandas()
    wall, processor = time.perf_counter() - start, time.process_time() - processor
    return {
        "wall": wall,
        "processor": processor,
        "deep": int(frame.memory_usage(index=False, deep=True).sum()),
        "resident": resident("VmRSS") - before,
        "peak": resident("VmHWM") - before,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        json.dump(measure(arguments.way, arguments.files[0]), sys.stdout)
        return
    for path in arguments.files:
        found = {way: [] for way in WAYS}
        for _ in range(arguments.runs):
            for way in WAYS:
                command = [sys.executable, os.path.abspath(__file__), path, "--way", way]
                found[way].append(json.loads(subprocess.check_output(command)))
        medians = {
            way: {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            for way, runs in found.items()
        }
        print(f"{os.path.basename(path)}, {arguments.runs} runs each, medians")
        print(f"{'':12}{'wall s':>9}{'cpu s':>9}{'deep MB':>10}{'rss MB':>9}{'peak MB':>9}")
        for way, median in medians.items():
            print(
                f"{way:12}{median['wall']:9.3f}{median['processor']:9.3f}{median['deep'] / 1e6:10.1f}"
                f"{median['resident'] / 1e6:9.1f}{median['peak'] / 1e6:9.1f}"
            )
        a, b = medians["memory_diet"], medians["pandas"]
        ratios = [a[key] / b[key] for key in ("wall", "processor", "deep", "resident", "peak")]
        print("ratio       {:9.2f}{:9.2f}{:10.2f}{:9.2f}{:9.2f}\n".format(*ratios))


if __name__ == "__main__":
    main()
