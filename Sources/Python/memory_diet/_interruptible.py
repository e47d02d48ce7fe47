"""Long calls that Ctrl-C ends."""

from __future__ import annotations

import threading
from typing import Any, Callable

# Seconds between looks for signals that did not wake the thread that waits.
_PAUSE = 0.05
# Seconds that cancelled work may take to end before it is left to end by itself.
_GRACE = 0.1


class _Work(threading.Thread):
    """Work on a thread of its own, and what came of it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        # What hangs in a read of a pipe must not keep the interpreter from its end.
        super().__init__(name="memory_diet", daemon=True)
        self._work = work
        # Not `join`: an exception that comes while that waits marks the thread as ended.
        self.done = threading.Event()
        self.is_abandoned = False
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self._work()
        except BaseException as error:
            # An error leads to this frame, and so to the thread: it is kept for who takes it alone.
            if not self.is_abandoned:
                self.error = error
        finally:
            del self._work
            self.done.set()


def run(work: Callable[[], Any], cancel: Callable[[], None]) -> Any:
    """What `work` gives.

    Python handles signals on its main thread alone, between its own instructions. So there the work
    is done by another thread; what a handler raises meanwhile, such as KeyboardInterrupt, cancels it
    and is raised here.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    thread = _Work(work)
    try:
        try:
            thread.start()
        except RuntimeError:
            # There are no more threads: too many, or the interpreter is about to end.
            thread.done.set()
            return work()
        while not thread.done.wait(_PAUSE):
            pass
    except BaseException:
        thread.is_abandoned = True
        cancel()
        thread.done.wait(_GRACE)
        thread.error = None
        raise
    result, error = thread.result, thread.error
    thread.result = thread.error = None
    if error is None:
        return result
    try:
        raise error
    finally:
        del error
