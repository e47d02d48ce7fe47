"""Run a program and measure it: wall, CPU and peak resident memory of that process alone.

This module imports nothing large on purpose: a child's ru_maxrss starts at the size of the process
that started it (about 20 MB for the benchmark itself), so that is the smallest peak that can be
seen.
"""

import os
import subprocess
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Seconds, seconds of user + system time, bytes, exit code, and what was written to stdout."""

    wall: float
    cpu: float
    peak_rss: int
    code: int
    output: bytes


def run(command: list[str], keep_output: bool = True) -> Run:
    """Run to the end; stderr goes through.

    Without `keep_output`, stdout goes to /dev/null.
    """
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE if keep_output else subprocess.DEVNULL)
    output = child.stdout.read() if child.stdout else b""
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.stdout:
        child.stdout.close()
    return Run(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, child.returncode, output
    )
