"""The oldest Linux on which a library loads, as wheels name it: `manylinux_2_17_x86_64`."""

from __future__ import annotations

import platform
import re
import subprocess
from typing import Iterable

# What every Linux has that manylinux speaks of: https://peps.python.org/pep-0600/
STANDARD = re.compile(r"(libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+|ld-linux[\w-]*)\.so\.\d+")

# The glibc of the oldest distribution whose compiler's libraries have these symbols, newest first:
# the policies of `auditwheel`.
COMPILERS = {
    "GLIBCXX": [
        ((3, 4, 31), (2, 39)), ((3, 4, 30), (2, 35)), ((3, 4, 29), (2, 34)), ((3, 4, 25), (2, 31)),
        ((3, 4, 23), (2, 27)), ((3, 4, 20), (2, 24)), ((3, 4, 14), (2, 17)), ((3, 4, 9), (2, 12)),
    ],
    "CXXABI": [
        ((1, 3, 14), (2, 39)), ((1, 3, 13), (2, 34)), ((1, 3, 12), (2, 31)), ((1, 3, 8), (2, 24)),
        ((1, 3, 4), (2, 17)), ((1, 3, 2), (2, 12)),
    ],
    "GCC": [
        ((13,), (2, 39)), ((11,), (2, 35)), ((5,), (2, 27)), ((4, 4), (2, 17)), ((4, 3), (2, 12)),
    ],
}


def oldest_glibc(versions: Iterable[str]) -> tuple[int, int]:
    """The glibc that has symbols of these versions, such as `GLIBC_2.17`, or comes with what has."""
    oldest = (2, 5)
    for version in versions:
        name, numbers = re.fullmatch(r"([A-Z]+)_([\d.]+)", version).groups()
        asked = tuple(int(number) for number in numbers.split("."))
        if name == "GLIBC":
            oldest = max(oldest, asked[:2])
            continue
        oldest = max([oldest, *(glibc for since, glibc in COMPILERS[name] if asked >= since)])
    return oldest


def read(library: str) -> tuple[list[str], set[str]]:
    """The libraries that a library needs, and the versions of the symbols that it takes of them."""

    def readelf(option: str) -> str:
        command = ["readelf", "--wide", option, library]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", readelf("--dynamic"))
    return needed, set(re.findall(r"@((?:GLIBC|GLIBCXX|CXXABI|GCC)_\d[\d.]*)", readelf("--dyn-syms")))


def strangers(needed: Iterable[str]) -> list[str]:
    """Libraries that not every Linux has."""
    return [name for name in needed if not STANDARD.fullmatch(name)]


def tag(library: str) -> str:
    """The tag; `linux_x86_64`, which no index takes, where the library needs others that a machine
    may not have."""
    needed, versions = read(library)
    if strangers(needed):
        return f"linux_{platform.machine()}"
    major, minor = oldest_glibc(versions)
    return f"manylinux_{major}_{minor}_{platform.machine()}"
