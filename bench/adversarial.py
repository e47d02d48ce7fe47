#!/usr/bin/env python3
"""Time per byte on files made to be slow, beside a plain file of the same size: at most 5 times.

    bench/adversarial.py [MEGABYTES [FOLDER]]

The files are made in FOLDER where they are not there yet, and stay; else in a temporary one.
Standard library only. `diet analyze --no-measure` on each; the best of five runs. DIET names
another program than the one that was built.
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


WORD = (1 << 64) - 1
PLAIN = bytes(0x20 <= byte < 0x7F and byte not in b"\\,'\"" for byte in range(256))


def fold(a, b):
    product = a * b
    return product >> 64 ^ product & WORD


def word(text):
    return int.from_bytes(text, "little")


def colliding_long_strings(count):
    """Strings of 32 characters of which `hashBytes` (Sources/Columnar/Memory/ByteWords.swift) makes one
    number, without the seed that tables give it: the last word makes up for the one before."""
    start = 0x9E37_79B9_7F4A_7C15 ^ 32
    for text in (b"collides", b"collides"):
        start = fold(word(text) ^ start, 0xA076_1D64_78BD_642F)
    found, number = [], 0
    while len(found) < count:
        number += 1
        third = b"%08x" % number
        fourth = fold(word(third) ^ start, 0xA076_1D64_78BD_642F) ^ word(b"targeted")
        fourth = fourth.to_bytes(8, "little")
        if all(fourth.translate(PLAIN)):
            found.append(b"collidescollides" + third + fourth)
    return found


def colliding_short_strings(count, multiplier=0x9E37_79B9_7F4A_7C15):
    """Strings of 8 characters that `short_slot_of` (Sources/CKernels/field_codes.c) puts into one
    place, were its multiplier known: their products begin with the same 32 bits."""
    inverse = pow(multiplier, -1, 1 << 64)
    found, product = [], word(b"\0\0\0\0same")
    while len(found) < count:
        product += 1
        text = ((product * inverse & WORD) ^ 8).to_bytes(8, "little")
        if all(text.translate(PLAIN)):
            found.append(text)
    return found


GIANT = min(SIZE, 200_000_000)


def header(columns):
    return b",".join(b"c%d" % n for n in range(columns)) + b"\n"


def plain(rng):
    words = [b"w%05d" % n for n in range(5000)]
    return lines(lambda row: b"%d,%s,%d.%02d\n" % (
        row, words[rng.randrange(5000)], rng.randrange(1000), rng.randrange(100)))


def drawn_from(strings, rng):
    return lines(lambda row: rng.choice(strings) + b"\n", b"a\n")


# Each is made from its own random numbers.
FILES = {
    "plain": plain,
    "all quotes": lambda rng: b'a\n' + b'"' * (SIZE // 2 * 2) + b"\n",
    "quoted quotes": lambda rng: repeated(b'"""""",""""\n', b"a,b\n"),
    "all delimiters, short lines": lambda rng: repeated(b"," * 99 + b"\n", header(100)),
    "one giant line": lambda rng: b"a,b\n1," + b"x" * GIANT + b"\n",
    "one giant quoted field": lambda rng: b'a,b\n1,"' + b"x\n" * (GIANT // 2) + b'"\n',
    "two giant fields, alike but for the end": lambda rng: b"".join(
        b"%s,%s%d\n" % (start, b"x" * (GIANT // 2), row)
        for row, start in enumerate([b"a,b\n1", b"2"])),
    "50,000 columns": lambda rng: repeated(b",".join([b"7"] * 50_000) + b"\n", header(50_000)),
    "blank lines": lambda rng: repeated(b"\n", b"a,b\n"),
    "stray quotes": lambda rng: repeated(b'5" pipe,3" pipe\n', b"a,b\n"),
    "stray quotes beside quoted fields": lambda rng: repeated(
        b'"1, 2",5" pipe\n', b"a,b\n"),
    "ragged": lambda rng: lines(
        lambda row: b",".join([b"1"] * (row % 7 + 1)) + b"\n", b"a,b,c,d\n"),
    "long numbers": lambda rng: repeated(b"0." + b"7" * 900 + b"\n", b"a\n"),
    "exponents": lambda rng: lines(
        lambda row: b"%d.%de-%d\n" % (row % 10, rng.randrange(10**16), row % 300), b"a\n"),
    "numbers near zero": lambda rng: lines(
        lambda row: b"%d.%de-%d\n" % (row % 10, rng.randrange(10**16), 309 + row % 15), b"a\n"),
    "integers far apart": lambda rng: lines(colliding_integers),
    "long alike strings": lambda rng: lines(
        lambda row: b"%s%07d\n" % (b"p" * 120, row % 900_000), b"a\n"),
    "short alike strings": lambda rng: lines(
        lambda row: b"aaaa%04xaaaa,%04xaaaa\n" % (row & 0xFFFF, row >> 4 & 0xFFFF), b"a,b\n"),
    "colliding long strings": lambda rng: drawn_from(colliding_long_strings(500), rng),
    "colliding short strings": lambda rng: drawn_from(colliding_short_strings(500), rng),
    "types that turn": lambda rng: lines(lambda row: b"%d\n" % row, b"a\n") + b"word\n",
    "CR only": lambda rng: repeated(b"1,2\r", b"a,b\r"),
}


def main():
    keep = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(keep or scratch)
        folder.mkdir(exist_ok=True)
        places = []
        for name, data in FILES.items():
            places.append((name, folder / f"{SIZE // 1_000_000} MB of {name}.csv"))
            if not places[-1][1].exists():
                places[-1][1].write_bytes(data(random.Random(name)))
        sys.exit(measure(places))


def measure(places):
    plain, failed = None, []
    print(f"| {SIZE // 1_000_000} MB of | seconds | MB/s | × plain |\n|---|--:|--:|--:|")
    for name, path in places:
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            # The report of one value of 50 MB is as long: what reads it is not measured.
            run = subprocess.run(
                [DIET, "analyze", path, "--no-measure", "--format", "csv"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            best = min(best, time.perf_counter() - start)
            if best > 5:
                break
        size = path.stat().st_size
        rate = best / size
        plain = plain or rate
        note = "" if run.returncode == 0 else f" (exit {run.returncode})"
        print(f"| {name}{note} | {best:.3f} | {size / best / 1e6:.0f} | {rate / plain:.1f} |", flush=True)
        if rate > 5 * plain:
            failed.append(name)
    if failed:
        print("beyond 5 times: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    main()
