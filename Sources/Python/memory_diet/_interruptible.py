"""Long calls that Ctrl-C ends."""

from __future__ import annotations

import _thread
import threading
from typing import Any, Callable

# Seconds between looks for signals that did not wake the thread that waits.
_PAUSE = 0.05
# Seconds that cancelled work may take to end before it is left to end by itself.
_GRACE = 0.1


class _Work:
    """Work on another thread, and what came of it.

    A handler may raise between any two instructions of the main thread, within those of `threading`,
    too. So what counts is done by the other thread, which no handler interrupts, and the two meet in
    a lock alone.
    """

    def __init__(self, work: Callable[[Any], Any], new_cancellation: Callable[[], Any]) -> None:
        self._work = work
        self._new_cancellation = new_cancellation
        self.is_abandoned = False
        self.cancellation: Any = None
        self.result: Any = None
        self.error: BaseException | None = None
        # Released when the work is done.
        self.done = _thread.allocate_lock()
        self.done.acquire()

    def run(self) -> None:
        try:
            # Whoever abandons looks for the cancellation after having said so.
            self.cancellation = self._new_cancellation()
            if not self.is_abandoned:
                self.result = self._work(self.cancellation)
        except BaseException as error:
            # An error leads to this frame, and so to itself: it is kept for who takes it alone.
            if not self.is_abandoned:
                self.error = error
        finally:
            del self._work, self.cancellation
            self.done.release()

    def abandon(self, cancel: Callable[[Any], None]) -> None:
        self.is_abandoned = True
        cancellation = getattr(self, "cancellation", None)
        if cancellation is not None:
            cancel(cancellation)
        self.done.acquire(timeout=_GRACE)
        self.error = self.result = None


def run(
    work: Callable[[Any], Any], new_cancellation: Callable[[], Any], cancel: Callable[[Any], None]
) -> Any:
    """What `work` gives, which is called with a cancellation or None.

    Python handles signals on its main thread alone, between its own instructions. So there the work
    is done by another thread; what a handler raises meanwhile, such as KeyboardInterrupt, cancels it
    and is raised here.
    """
    if threading.current_thread() is not threading.main_thread():
        return work(None)
    other = _Work(work, new_cancellation)
    try:
        try:
            # Not `threading.Thread`: the interpreter does not wait for this one when it ends, and
            # work that hangs in the read of a pipe may never be done.
            _thread.start_new_thread(other.run, ())
        except RuntimeError:
            # There are no more threads: too many, or the interpreter is about to end.
            other.done.release()
            return work(None)
        while not other.done.acquire(timeout=_PAUSE):
            pass
    except BaseException:
        other.abandon(cancel)
        raise
    result, error = other.result, other.error
    other.result = other.error = None
    if error is None:
        return result
    try:
        raise error
    finally:
        del error
