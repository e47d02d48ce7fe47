#!/usr/bin/env python3
"""Time per byte on files made to be slow, beside a plain file of the same size: at most 5 times.

Standard library only. `diet analyze --no-measure` on each; the best of three runs.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIET = Path(os.environ.get("DIET", ROOT / ".build/release/diet"))
SIZE = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 50_000_000


def repeated(unit, header=b""):
    return header + unit * ((SIZE - len(header)) // len(unit))


def lines(make, header=b"a,b,c\n"):
    parts, size, row = [header], len(header), 0
    while size < SIZE:
        parts.append(make(row))
        size += len(parts[-1])
        row += 1
    return b"".join(parts)



def colliding_integers(row):
    """Integers far apart, in steps that keep the low bits of simple hashes alike."""
    return b"%d,x,1\n" % ((row * 0x1000_0000_0001) % (1 << 62))


def files():
    rng = random.Random(5)
    words = [b"w%05d" % n for n in range(5000)]
    yield "plain", lines(lambda row: b"%d,%s,%d.%02d\n" % (
        row, words[rng.randrange(5000)], rng.randrange(1000), rng.randrange(100)))
    yield "all quotes", b'a\n' + b'"' * (SIZE // 2 * 2) + b"\n"
    yield "quoted quotes", repeated(b'"""""",""""\n', b"a,b\n")
    yield "all delimiters, short lines", repeated(b"," * 99 + b"\n", b",".join(b"c%d" % n for n in range(100)) + b"\n")
    yield "one giant line", b"a,b\n1," + b"x" * min(SIZE, 200_000_000) + b"\n"
    yield "one giant quoted field", b'a,b\n1,"' + b"x\n" * (min(SIZE, 200_000_000) // 2) + b'"\n'
    yield "50,000 columns", repeated(b",".join([b"7"] * 50_000) + b"\n", b",".join(b"c%d" % n for n in range(50_000)) + b"\n")
    yield "blank lines", repeated(b"\n", b"a,b\n")
    yield "stray quotes", repeated(b'5" pipe,3" pipe\n', b"a,b\n")
    yield "ragged", lines(lambda row: b",".join([b"1"] * (row % 7 + 1)) + b"\n", b"a,b,c,d\n")
    yield "long numbers", repeated(b"0." + b"7" * 900 + b"\n", b"a\n")
    yield "exponents", lines(lambda row: b"%d.%de-%d\n" % (row % 10, rng.randrange(10**16), row % 300), b"a\n")
    yield "integers far apart", lines(colliding_integers)
    yield "long alike strings", lines(lambda row: b"%s%07d\n" % (b"p" * 120, row % 900_000), b"a\n")
    yield "types that turn", lines(lambda row: b"%d\n" % row, b"a\n") + b"word\n"
    yield "CR only", repeated(b"1,2\r", b"a,b\r")


def main():
    plain = None
    failed = []
    print(f"| {SIZE // 1_000_000} MB of | seconds | MB/s | × plain |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files():
            path = f"{folder}/in.csv"
            Path(path).write_bytes(data)
            best = float("inf")
            for _ in range(3):
                start = time.perf_counter()
                run = subprocess.run(
                    [DIET, "analyze", path, "--no-measure", "--format", "csv"],
                    capture_output=True, timeout=300)
                best = min(best, time.perf_counter() - start)
                if best > 20:
                    break
            rate = best / len(data)
            plain = plain or rate
            note = "" if run.returncode == 0 else f" (exit {run.returncode})"
            print(f"| {name}{note} | {best:.2f} | {len(data) / best / 1e6:.0f} | {rate / plain:.1f} |", flush=True)
            if rate > 5 * plain:
                failed.append(name)
    if failed:
        print("beyond 5 times: " + ", ".join(failed))
        sys.exit(1)


if __name__ == "__main__":
    main()
