"""The parts of the build that `pyproject.toml` has no words for: the wheel holds a library, serves
every Python 3, and is tagged with the oldest Linux on which that library loads."""

import os
import sys

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel

FOLDER = os.path.dirname(os.path.abspath(__file__))
LIBRARY = os.path.join(FOLDER, "memory_diet", "libdietc.so")

sys.path.insert(0, FOLDER)
import linux_tag  # noqa: E402


class Wheel(bdist_wheel):
    def get_tag(self):
        others = linux_tag.strangers(linux_tag.read(LIBRARY)[0])
        if others:
            print(f"the wheel is for this machine: it needs {', '.join(others)}", file=sys.stderr)
        return "py3", "none", linux_tag.tag(LIBRARY)


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return True


if not os.path.exists(LIBRARY):
    sys.exit("memory_diet/libdietc.so is not here: `make wheel` at the top of the repository builds it")

setup(cmdclass={"bdist_wheel": Wheel}, distclass=WithLibrary)
