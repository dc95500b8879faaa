"""Tests of working in processes of their own: what goes wrong costs only itself."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import poison
from pbreports.pipeline.pool import Mishap, apart


def outcomes(items: Sequence[object], jobs: int = 2, seconds: float = 60) -> list[object]:
    """Return what becomes of each item; a mishap as its words."""
    found = apart(poison.work, items, jobs=jobs, seconds=lambda _: seconds)
    return [one.what if isinstance(one, Mishap) else one for one in found]


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    """However many processes work, and however many items there are, the order is theirs."""
    assert outcomes(range(300), jobs) == list(range(300))
    assert outcomes([], jobs) == []


def test_without_items_nothing_is_made_ready() -> None:
    """A run that finds nothing new does not spend time on what the other processes would need."""
    assert list(apart(lambda item: item, [], jobs=2, seconds=lambda _: 60)) == []  # a lambda cannot travel


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of POSIX")
@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("leave", "程序崩溃"),
        ("abort", "程序崩溃"),
        ("die", "程序崩溃"),
        ("fault", "程序出错（KeyError，poison.py 第"),
        ("deep", "程序出错（RecursionError，poison.py 第"),
        ("unpicklable", "程序出错（TypeError，"),
    ],
)
def test_poison_costs_only_itself(item: str, words: str) -> None:
    """Neighbours before and after it have their results; the words say what happened, never what the item held."""
    found = outcomes([*range(6), item, *range(6, 12), item])
    assert [str(found[place]).startswith(words) for place in (6, 13)] == [True, True]
    assert "在这里" not in str(found[6])
    assert [one for one in found if isinstance(one, int)] == list(range(12))


@pytest.mark.parametrize("item", ["hang", "go round"])
def test_what_takes_too_long_is_ended(item: str) -> None:
    """A process past its item's deadline is killed, asleep or busy."""
    found = apart(poison.work, [1, item, 2], jobs=1, seconds=lambda one: 1 if one == item else 60)
    assert [*found] == [1, Mishap("超过1秒"), 2]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a process be bounded")
@pytest.mark.parametrize("item", ["swell", "swell slowly"])
def test_what_takes_too_much_memory_is_ended(item: str) -> None:
    """A process that reaches its bound says so, whether at once or bit by bit; the next item has a fresh one."""
    first, second, third = outcomes(["process", item, "process"], jobs=1)
    assert (second, first == third) == ("内存不足", False)


def test_few_items_are_worth_one_process() -> None:
    """Starting a process takes longer than reading a few files; none works in this one."""
    few = {*apart(poison.process_of, range(4), jobs=8, seconds=lambda _: 60)}
    some = {*apart(poison.process_of, range(40), jobs=2, seconds=lambda _: 60)}
    own = {*apart(poison.process_of, range(4), jobs=0, seconds=lambda _: 60)}
    assert len(few) == 1
    assert 1 <= len(some) <= 2
    assert len(own) == 1
    assert not own & (few | some)


def test_without_other_processes_a_fault_keeps_its_traceback() -> None:
    """So a fault of ours can be looked into."""
    with pytest.raises(KeyError, match="在这里"):
        outcomes(["fault"], jobs=0)


def test_work_that_cannot_begin_is_a_fault_of_ours() -> None:
    """It is raised with its traceback, not said of every file."""
    with pytest.raises(Exception, match="在这里"):
        list(apart(poison.UnfitWork(), [1], jobs=1, seconds=lambda _: 60))


def test_no_more_is_begun_than_is_soon_handed_on() -> None:
    """Results that wait for the first of them are bounded, so that memory does not grow with the number of files."""
    asked: list[object] = []

    def seconds(item: object) -> float:
        asked.append(item)
        return 2 if item == "hang" else 60

    found = apart(poison.work, ["hang", *range(5000)], jobs=2, seconds=seconds)
    assert next(found) == Mishap("超过2秒")
    assert 10 < len(asked) < 200
    found.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform != "linux", reason="pidfd is Linux's")
def test_a_process_whose_starter_was_killed_ends_by_itself(tmp_path: Path) -> None:
    """A run that is ended by force leaves no process behind that works for ever."""
    fifo = tmp_path / "pid"
    os.mkfifo(fifo)
    text = f"import test_pool; test_pool.go_round_for_ever({str(fifo)!r})"
    starter = subprocess.Popen([sys.executable, "-c", text], cwd=Path(__file__).parent)
    orphan = os.pidfd_open(int(fifo.read_text(encoding="ascii")))
    starter.kill()
    starter.wait()
    ended, _, _ = select.select([orphan], [], [], 30)
    if not ended:
        signal.pidfd_send_signal(orphan, signal.SIGKILL)
    os.close(orphan)
    assert ended == [orphan]


def go_round_for_ever(fifo: str) -> None:
    """Have work done that has no end; its process is told through the named pipe."""
    list(apart(poison.tell_and_go_round, [fifo], jobs=1, seconds=lambda _: 2))
