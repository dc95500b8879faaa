"""Work on many items in processes of their own: one that crashes, hangs or eats all memory costs only itself.

Each process has a pipe to this one and one item at a time, so that it is always known whose fault a death is, and a
process that is killed can spoil nothing that others share. They are spawned on every system: forking would save a
quarter of a second, is not there on Windows, and is not safe beside the thread that draws the progress bar.
"""

from __future__ import annotations

import faulthandler
import math
import multiprocessing
import os
import pickle
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from pbreports.errors import PbreportsError, reason_of
from pbreports.ooxml.limits import LIMITS

if sys.platform == "linux":
    import resource

Item = TypeVar("Item")
Result = TypeVar("Result")

_FEWEST = 4  # items that are worth one more process
_LEAD = 64  # items that are begun before the first of them is handed on, for each process
_START = 60.0  # seconds in which a process must be ready


@dataclass(frozen=True, slots=True)
class Mishap:
    """What became of an item that has no result, in words: 程序崩溃, 超过10秒, 内存不足, 程序出错（…）."""

    what: str


CRASHED = Mishap("程序崩溃")
OUT_OF_MEMORY = Mishap("内存不足")


def fault_of(error: Exception) -> Mishap:
    """Return what is said of an error of ours: what was raised and where, not its message, which may hold data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return Mishap(f"程序出错（{type(error).__name__}，{Path(frame.filename).name} 第{frame.lineno}行）")


def apart(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int,
    seconds: Callable[[Item], float],
    memory: int = LIMITS.memory,
) -> Iterator[Result | Mishap]:
    """Go through the results of the work on each item, in the order of the items, however many processes work.

    ``work`` must be picklable, with all that it holds; so must items and results. ``seconds`` is how long an item may
    take, ``memory`` how many bytes more than at its start a process may hold (bounded on Linux alone). With no
    ``jobs`` the work is done in this process, unprotected, where a fault keeps its traceback. With no items nothing is
    begun, nor ``work`` made ready to travel.

    Raises:
        PbreportsError: when the system lends no process.
    """
    if jobs <= 0 or not items:
        yield from map(work, items)
        return
    crew: _Crew[Item, Result] = _Crew(pickle.dumps(work), memory, min(jobs, math.ceil(len(items) / _FEWEST)), seconds)
    try:
        yield from crew.results(items)
    finally:
        crew.dismiss()


class _StartError(Exception):
    """The work could not even be begun in another process: a fault of ours, with the traceback there."""


class _Crew(Generic[Item, Result]):
    """The processes, and what each of them is working on."""

    def __init__(self, payload: bytes, memory: int, size: int, seconds: Callable[[Item], float]) -> None:
        self._payload, self._memory, self._size = payload, memory, size
        self._seconds = seconds
        self._workers: list[_Worker] = []

    def results(self, items: Sequence[Item]) -> Iterator[Result | Mishap]:
        """Go through the results in the order of the items."""
        done: dict[int, Any] = {}
        given = 0
        for wanted in range(len(items)):
            while wanted not in done:
                given = self._hand_out(items, given, min(len(items), wanted + _LEAD * self._size))
                done.update(self._finished())
            yield done.pop(wanted)

    def _hand_out(self, items: Sequence[Item], given: int, end: int) -> int:
        """Give each idle process an item, starting processes while there are more items; return how many are given."""
        while len(self._workers) < min(self._size, len(items) - given + sum(one.is_busy for one in self._workers)):
            self._workers.append(_Worker(self._payload, self._memory))
        for worker in [one for one in self._workers if one.is_idle]:
            if given < end and worker.take(given, items[given], self._seconds(items[given])):
                given += 1
        return given

    def _finished(self) -> Iterator[tuple[int, Any]]:
        """Wait until a process answers, dies or is overdue; go through the items that have come to an end."""
        waited = [one for one in self._workers if not one.is_idle]
        soonest = min((one.deadline for one in waited), default=0.0)
        ready = wait([one.pipe for one in waited], max(0.0, soonest - time.monotonic()))
        for worker in waited:
            if worker.pipe in ready or worker.is_overdue:
                number = worker.number
                outcome = worker.answer() if worker.pipe in ready else worker.late()
                if number is not None:
                    yield number, outcome
        self._workers = [one for one in self._workers if not one.is_gone]

    def dismiss(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()


class _Worker:
    """One process: first being made ready, then idle or working on the item of a number."""

    def __init__(self, payload: bytes, memory: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, payload, memory), daemon=True)
        try:
            self._process.start()
        except OSError as error:
            what = f"另起进程失败（{reason_of(error)}）"
            raise PbreportsError("读取", what, "请关闭其他程序后重试，或加 --jobs 0 不另起进程") from error
        finally:
            theirs.close()
        self.number: int | None = None
        self.deadline = time.monotonic() + _START
        self._is_ready = False
        self.is_gone = False

    @property
    def is_busy(self) -> bool:
        return self.number is not None

    @property
    def is_idle(self) -> bool:
        return self._is_ready and self.number is None

    @property
    def is_overdue(self) -> bool:
        return time.monotonic() > self.deadline

    def take(self, number: int, item: object, seconds: float) -> bool:
        """Return whether the process has been given the item; a dead one has not."""
        try:
            self.pipe.send((item, seconds))
        except OSError:
            self.end()
            return False
        self.number, self._seconds = number, seconds
        self.deadline = time.monotonic() + seconds
        return True

    def answer(self) -> object:
        """Return what the process answers: the result, or how it came to its end."""
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            answer = CRASHED
        if not self._is_ready:
            self._be_ready(answer)
            return None
        self.number = None
        if answer in (CRASHED, OUT_OF_MEMORY):
            self.end()
        return answer

    def late(self) -> Mishap:
        """Return that the process took too long; it is ended."""
        if not self._is_ready:
            self._be_ready(CRASHED)
        self.number = None
        self.end()
        return Mishap(f"超过{self._seconds:.0f}秒")

    def _be_ready(self, answer: object) -> None:
        """Note that the process is ready; one that cannot even begin is no item's fault."""
        if isinstance(answer, _StartError):
            raise answer
        if answer is not None:
            self.end()
            raise PbreportsError("读取", "另起的进程一开始就退出了", "请重启电脑后重试，或加 --jobs 0 不另起进程")
        self._is_ready = True

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        self.is_gone = True


# ---------------------------------------------------------------- in the other process


def _serve(pipe: Connection, payload: bytes, memory: int) -> None:
    """Do the work on one item after another until there are no more; say first that all is ready, or why not."""
    _be_quiet()
    try:
        work = pickle.loads(payload)  # noqa: S301 - from our own process
        _bound(memory)
    except Exception:  # noqa: BLE001 - told to the process that started this one
        pipe.send(_StartError(traceback.format_exc()))
        return
    pipe.send(None)
    while True:
        try:
            item, seconds = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        faulthandler.dump_traceback_later(2 * seconds, exit=True, file=2)  # should nobody be left to end this process
        pipe.send_bytes(_tried(work, item))
        faulthandler.cancel_dump_traceback_later()


def _tried(work: Callable[[Any], Any], item: object) -> bytes:
    """Return the result as it goes through the pipe, or what went wrong."""
    try:
        return pickle.dumps(work(item))
    except MemoryError:
        return pickle.dumps(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - one item's fault must not cost the others
        return pickle.dumps(fault_of(error))


def _be_quiet() -> None:
    """Keep what a library or a dying process prints off the screen of the one that reports it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _bound(memory: int) -> None:
    """Bound what this process may hold to what it holds now and so many bytes more; leave no core behind."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
