"""How fast one paper is filled, beside docxtpl and the engines for Node.js, and how near to what it takes at least.

Every engine fills the same content from a template in its own tags, in processor time on one core, in turn within one
run, after warming up; every document is compared with the texts that it must hold.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

import pytest
from filling_engines import NODE_DIALECTS, Engine, by_docxtpl, install, on_node, ours, ours_linked, texts_in, the_limit
from inspection import facts, texts
from measuring import Pair, in_turn

BRANCHES = 151
FACTS = [facts(number) for number in range(BRANCHES)]
EXPECTED = [tuple(filter(None, texts(given))) for given in FACTS]
WARMING = 60
"""Documents that each engine fills before it is measured, so that what compiles as it runs has compiled."""


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """All engines, on one core, warmed up."""
    if shutil.which("npm") is None:
        pytest.skip("the engines beside ours need Node.js and npm")
    install()
    with on_one_core():
        folder = tmp_path_factory.mktemp("engines")
        on_nodes = [on_node(name, folder / name, FACTS) for name in NODE_DIALECTS]
        known: list[Engine] = [ours(FACTS), ours_linked(FACTS), the_limit(FACTS), by_docxtpl(FACTS), *on_nodes]
        for engine in known:
            engine.fill(WARMING)
        yield {engine.name: engine for engine in known}
        for one in on_nodes:
            one.end()


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this process, and those that it starts, to one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def filling(engine: Engine, count: int) -> Callable[[], float]:
    """Return the filling of so many documents, which are looked at; it tells its seconds for one document."""

    def run() -> float:
        seconds = engine.fill(count)
        if engine.name != "limit":
            for number, data in enumerate(engine.made()):
                assert texts_in(data) == EXPECTED[number % BRANCHES], f"{engine.name}: {number}"
        return seconds / count

    return run


def measured(engines: Mapping[str, Engine], counts: Mapping[str, int], rounds: int) -> dict[str, Pair]:
    """Return each engine beside ours; ``counts`` are the documents of a round where an engine fills fewer than ours."""
    runs = {name: filling(engine, counts.get(name, counts["pbreports"])) for name, engine in engines.items()}
    times = in_turn(runs, rounds)
    return {name: Pair(times["pbreports"], one) for name, one in times.items()}


def told(pairs: Mapping[str, Pair], counts: Mapping[str, int], rounds: int) -> dict[str, Any]:
    """Return what is kept of a run: documents, milliseconds for one, and how many times as long as ours it took."""
    return {
        name: {
            "documents": counts.get(name, counts["pbreports"]) * rounds,
            "milliseconds": round(median(pair.theirs) * 1000, 3),
            "ratio": round(pair.ratio, 2),
            "ratios": [round(ratio, 2) for ratio in pair.ratios],
        }
        for name, pair in pairs.items()
    }


@pytest.mark.parametrize(
    ("counts", "rounds"),
    [
        ({"pbreports": BRANCHES, "docx-templates": 10}, 3),
        ({"pbreports": 400, "docxtpl": 40, "carbone": 60, "docx-templates": 5}, 5),
    ],
    ids=["151", "2000"],
)
def test_filling_beside_other_engines(
    benchmark: Any, engines: dict[str, Engine], counts: dict[str, int], rounds: int
) -> None:
    """Ours fills 20 times as many documents as docxtpl, 5 times as many as docxtemplater, more than any other.

    It takes at most three times what Jinja and deflating take at the least, also where each value is linked. The slowest engines fill fewer documents
    a round; all are compared by the time for one. Of 2,000 documents each of five rounds fills a fifth.
    """
    pairs = measured(engines, counts, rounds)
    benchmark.extra_info.update(told(pairs, counts, rounds))
    benchmark.pedantic(lambda: engines["pbreports"].fill(counts["pbreports"]), rounds=1)
    assert 1 / pairs["limit"].ratio <= 3
    assert pairs["pbreports, linked"].ratio / pairs["limit"].ratio <= 3
    assert pairs["docxtpl"].ratio >= 20
    assert pairs["docxtemplater"].ratio >= 5
    assert all(pairs[name].ratio > 1 for name in NODE_DIALECTS)
