"""Reads 500 polluted files with diet and its peers, and prints the share read exactly, kind by kind.

    compare.py [--diet PROGRAM] [--seed N] [--count N] [--engines diet,duckdb] [--failures] [--keep DIR]

With `--check` only diet is run, and the exit code tells whether every file was read exactly or, where
that is as good, refused."""

import argparse
import collections
import multiprocessing
import pathlib
import sys
import tempfile

from pollute import KINDS, pollutions
from readers import READERS
from score import outcome

LIMIT = 30  # seconds for one file


def read(job):
    """One engine, one file."""
    engine, path, program, truth = job
    try:
        names, rows, notes = READERS[engine](path, program)
    except Exception as error:  # pylint: disable=broad-except
        return "refused", str(error).strip().splitlines()[0] if str(error).strip() else "no reason"
    result, why = outcome(truth, names, rows)
    if result == "changed" and notes:
        return "changed, and said", why
    return result, why


def run(engine, cases, folder, program):
    """The outcomes of all cases. A process of its own survives crashes and hangs of an engine that is
    a library; diet is a program."""
    jobs = [(engine, str(folder / f"{case.name}.csv"), program, case.truth) for case in cases]
    if engine == "diet":
        return [read(job) for job in jobs]
    results = []
    pool = multiprocessing.Pool(1)
    for job in jobs:
        result = pool.apply_async(read, [job])
        try:
            results.append(result.get(LIMIT))
        except multiprocessing.TimeoutError:
            pool.terminate()
            pool = multiprocessing.Pool(1)
            results.append(("crashed or hung", ""))
    pool.terminate()
    return results


def percent(results):
    exact = sum(result == "exact" for result, _ in results)
    return f"{100 * exact // len(results)}"


def table(engines, cases, results):
    """Markdown: a line a kind, files of pairs counted for both of their kinds."""
    print("| kind | files | " + " | ".join(engines) + " |")
    print("|---|--:|" + "--:|" * len(engines))
    for kind in KINDS:
        places = [i for i, case in enumerate(cases) if kind in case.kinds]
        if not places:
            continue
        shares = [percent([results[engine][i] for i in places]) for engine in engines]
        best = max(int(share) for share in shares)
        cells = [f"**{s}**" if int(s) == best and best else s for s in shares]
        print(f"| {kind} | {len(places)} | " + " | ".join(cells) + " |")
    print("| all | " + str(len(cases)) + " | " +
          " | ".join(percent(results[engine]) for engine in engines) + " |")
    print()
    print("| of all files | " + " | ".join(engines) + " |")
    print("|---|" + "--:|" * len(engines))
    counts = {engine: collections.Counter(r for r, _ in results[engine]) for engine in engines}
    for name, label in [
        ("exact", "read exactly"), ("refused", "refused, with a reason"),
        ("changed, and said", "read otherwise, and said so"),
        ("changed", "read otherwise, in silence"), ("crashed or hung", "crashed or hung"),
    ]:
        print(f"| {label} | " + " | ".join(str(counts[e][name]) for e in engines) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diet", default=".build/release/diet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--engines", default=",".join(READERS))
    parser.add_argument("--failures", action="store_true", help="list what diet did not read exactly")
    parser.add_argument("--keep", help="a folder for the files")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    engines = ["diet"] if options.check else options.engines.split(",")
    cases = pollutions(options.seed, options.count)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for case in cases:
            (folder / f"{case.name}.csv").write_bytes(case.data)
        results = {engine: run(engine, cases, folder, options.diet) for engine in engines}
    if not options.check:
        table(engines, cases, results)
    bad = 0
    for case, (result, why) in zip(cases, results.get("diet", [])):
        # Of a quote that nothing closes there may be no reading; then it has to be said.
        is_fine = result == "exact" or case.truth.refusal and result in (
            "refused", "changed, and said")
        bad += not is_fine
        if options.check and not is_fine or options.failures and result != "exact":
            print(f"seed {options.seed}, {case.name} ({' + '.join(case.kinds)}): {result}: {why}")
    if options.check and bad:
        sys.exit(1)


if __name__ == "__main__":
    main()
