"""The parts of the build that `pyproject.toml` has no words for: the wheel holds a library, serves
every Python 3, and is tagged with the oldest Linux on which that library loads."""

import os
import platform
import re
import subprocess
import sys

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel

FOLDER = os.path.dirname(os.path.abspath(__file__))
LIBRARY = os.path.join(FOLDER, "memory_diet", "libdietc.so")

# What every Linux has that manylinux speaks of: https://peps.python.org/pep-0600/
STANDARD = re.compile(r"(libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+|ld-linux[\w-]*)\.so\.\d+")


def readelf(*arguments):
    command = ["readelf", "--wide", *arguments, LIBRARY]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def platform_tag():
    """`manylinux_2_35_x86_64`: the newest glibc that a symbol asks for. `linux_x86_64`, which no
    index takes, where the library needs others that a machine may not have."""
    machine = platform.machine()
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", readelf("--dynamic"))
    others = [name for name in needed if not STANDARD.fullmatch(name)]
    if others:
        print(f"the wheel is for this machine: it needs {', '.join(others)}", file=sys.stderr)
        return f"linux_{machine}"
    versions = re.findall(r"@GLIBC_(\d+)\.(\d+)", readelf("--dyn-syms"))
    major, minor = max((int(major), int(minor)) for major, minor in versions)
    return f"manylinux_{major}_{minor}_{machine}"


class Wheel(bdist_wheel):
    def get_tag(self):
        return "py3", "none", platform_tag()


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return True


if not os.path.exists(LIBRARY):
    sys.exit("memory_diet/libdietc.so is not here: `make wheel` at the top of the repository builds it")

setup(cmdclass={"bdist_wheel": Wheel}, distclass=WithLibrary)
