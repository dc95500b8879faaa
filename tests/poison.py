"""Work that goes wrong in the ways that reading a file can: for processes that a test starts and means to lose."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path


def work(item: object) -> object:
    """Return the item, or come to the end that it names."""
    end = _ENDS.get(item) if isinstance(item, str) else None
    return end() if end else item


def tell_and_go_round(fifo: str) -> object:
    """Say through a named pipe which process works, and come to no end."""
    Path(fifo).write_text(str(os.getpid()), encoding="ascii")
    return _go_round()


def process_of(_item: object) -> int:
    """Return the process that the work is done in."""
    return os.getpid()


class UnfitWork:
    """Work that cannot be begun in another process."""

    def __reduce__(self) -> tuple[Callable[[], object], tuple[()]]:
        return _fault, ()

    def __call__(self, item: object) -> object:
        """Return the item."""
        return item


def _fault() -> object:
    return {}["在这里"]


def _swell() -> object:
    return bytearray(2 * 1024**3)


def _swell_slowly() -> object:
    kept: list[object] = []
    while True:
        kept.append([str(number) for number in range(10_000)])


def _hang() -> object:
    return threading.Event().wait()


def _go_round() -> object:
    while True:
        pass


def _die() -> object:
    return os.kill(os.getpid(), signal.SIGKILL)


_ENDS: dict[str, Callable[[], object]] = {
    "process": os.getpid,
    "leave": lambda: os._exit(3),
    "abort": os.abort,
    "die": _die,
    "hang": _hang,
    "go round": _go_round,
    "swell": _swell,
    "swell slowly": _swell_slowly,
    "fault": _fault,
    "deep": lambda: _deep(0),
    "unpicklable": threading.Lock,
}


def _deep(level: int) -> int:
    return _deep(level + 1) + 1
