"""Runs Python for the tests: loading the engines takes seconds, forking a process that has them does not.

    python_server.py

Reads the path of a folder a line. `request.json` in it says what is to be run, as the command line
of Python has it, where, and with what environment. A fork of this process does so, its streams in
the files `out` and `err`; `pid` is its number and its group's, and `status` what `waitpid` says of its
end. It starts with the modules below loaded, and nothing else in common with those before it.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import sys
import types
import warnings

LOADED = [
    "datetime", "decimal", "unittest",
    "numpy", "pyarrow", "pyarrow.compute", "pyarrow.dataset", "pyarrow.feather", "pyarrow.parquet",
    "pandas", "polars", "duckdb", "dask.dataframe", "sqlglot",
]


def load():
    for name in LOADED:
        # Another environment has other engines.
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    # The collector of a fork need not touch, and so copy, what it has from here.
    gc.collect()
    gc.freeze()


def note(folder, name, text):
    """A file that is there as a whole or not at all."""
    path = os.path.join(folder, name)
    with open(path + ".part", "w") as file:
        file.write(text)
    os.rename(path + ".part", path)


def serve():
    """Returns in each fork, with the folder of what it is to run, and at the end with none."""
    wake, woken = os.pipe()
    for end in (wake, woken):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running, rest, is_open = {}, b"", True
    while is_open or running:
        ready, _, _ = select.select([wake] + [0] * is_open, [], [])
        if wake in ready:
            os.read(wake, 1 << 16)
            for process in list(running):
                ended, status = os.waitpid(process, os.WNOHANG)
                if ended:
                    note(running.pop(process), "status", str(status))
        if 0 in ready:
            part = os.read(0, 1 << 16)
            is_open = part != b""
            *lines, rest = (rest + part).split(b"\n")
            for line in lines:
                folder = line.decode()
                process = os.fork()
                if process == 0:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    os.close(wake)
                    os.close(woken)
                    return folder
                running[process] = folder
                note(folder, "pid", str(process))
    return None


def become(folder):
    """Makes this process what a new one would be; the arguments of Python that are left."""
    os.setpgid(0, 0)
    with open(os.path.join(folder, "request.json"), encoding="utf-8") as file:
        request = json.load(file)
    for number, name in enumerate(("/dev/null", "out", "err")):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY
        opened = os.open(os.path.join(folder, name), flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    if request["folder"]:
        os.chdir(request["folder"])
    os.environ.update(request["environment"])
    path = request["environment"].get("PYTHONPATH")
    sys.path[:1] = path.split(os.pathsep) if path else []
    arguments = request["arguments"]
    while arguments[0] == "-W":
        sys.warnoptions.append(arguments[1])
        warnings._processoptions(arguments[1:2])
        del arguments[:2]
    return arguments


def run(arguments):
    kind = arguments[0]
    if kind == "-c":
        sys.argv = ["-c", *arguments[2:]]
        sys.path.insert(0, "")
        sys.modules["__main__"] = types.ModuleType("__main__")
        exec(compile(arguments[1], "<string>", "exec"), vars(sys.modules["__main__"]))
    elif kind == "-m":
        sys.argv = arguments[1:]
        sys.path.insert(0, os.getcwd())
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        sys.path.insert(0, os.path.dirname(os.path.abspath(kind)))
        runpy.run_path(kind, run_name="__main__")


load()
asked = serve()
if asked:
    run(become(asked))
