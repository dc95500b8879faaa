"""Mutated workbooks are read right, refused with a sentence, or reported; no value changes in silence.

The campaign's seed, count and processes may be given as PBREPORTS_SEED, PBREPORTS_MUTATIONS and PBREPORTS_JOBS.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.bases import VALID, Base
from fuzz.mutations import LAYERS, Mutation, Recipe, mutant
from fuzz.oracle import Oracle, Outcome
from fuzz.series import Trial, series
from pbreports.pipeline import reading
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Record, Submission

SEED, COUNT, SHORT = 2031, 20_000, 300


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The tiny year, ready to try examples in."""
    return Trial(tmp_path_factory.mktemp("fuzz"))


def test_mutated_workbooks_are_read_right_refused_or_reported(trial: Trial) -> None:
    """A short series holds nothing that goes wrong, and some of every outcome that is right."""
    tally = trial.run(SEED, range(SHORT))
    assert not tally.failures, "\n".join(map(str, tally.failures))
    assert all(tally.outcomes[one] >= SHORT // 20 for one in Outcome if one is not Outcome.WRONG), str(tally)


@pytest.mark.campaign
def test_twenty_thousand_mutated_workbooks(capsys: pytest.CaptureFixture[str]) -> None:
    """A long series holds nothing that goes wrong; count, seed and outcomes are printed."""
    seed, count = int(os.environ.get("PBREPORTS_SEED", SEED)), int(os.environ.get("PBREPORTS_MUTATIONS", COUNT))
    tally = series(seed, count, int(os.environ.get("PBREPORTS_JOBS", "2")))
    with capsys.disabled():
        print(f"\n{count} 个变异，种子 {seed}：{tally}")  # noqa: T201 — the campaign tells what it did
    assert sum(tally.outcomes.values()) == count
    assert not tally.failures, "\n".join(map(str, tally.failures))


def test_an_example_is_the_same_every_time(trial: Trial) -> None:
    """Seed and number make the same bytes again, so that a failure can be looked at."""
    for number in range(40):
        one, again = (mutant(trial.recipe(SEED, number), trial.bench.bases) for _ in range(2))
        assert one == again
    assert mutant(trial.recipe(SEED, 1), trial.bench.bases) != mutant(trial.recipe(SEED, 2), trial.bench.bases)


def test_every_mutation_is_drawn_and_does_something(trial: Trial) -> None:
    """In a thousand recipes every mutation occurs, and each changes some workbook."""
    bases = trial.bench.bases
    recipes = [trial.recipe(SEED, number) for number in range(1000)]
    drawn = {one.name for what in recipes for one in what.mutations}
    assert drawn == {name for _, mutators in LAYERS for name in mutators}
    plain = [mutant(Recipe(place, ()), bases).data for place in range(len(bases))]
    for name in drawn:
        tries = (Recipe(number % len(bases), (Mutation(name, number),)) for number in range(60))
        assert any(mutant(one, bases).data != plain[one.base] for one in tries), name


# ---------------------------------------------------------------- the oracle itself


def test_a_value_changed_in_silence_is_found(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the reader to take one cell for another, the oracle would say so."""
    base = trial.bench.bases[0]
    changed = with_cell(base, "02_一列一条", "C7", "<v>4</v>")
    assert trial.oracle.judge(base, changed).outcome is Outcome.READ
    _reading_so(monkeypatch, lambda record: replace(record, values={**record.values, "次数": Decimal(5)}))
    verdict = trial.oracle.judge(base, changed)
    assert verdict.outcome is Outcome.WRONG
    assert "次数" in verdict.wrong


def test_a_value_lost_in_silence_is_found(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the reader to leave a cell unread, the oracle would say so."""
    base = trial.bench.bases[0]
    changed = with_cell(base, "02_一列一条", "C7", "<v>4</v>")
    _reading_so(monkeypatch, lambda record: replace(record, values={**record.values, "短文": None}))
    assert "短文 没有读" in trial.oracle.judge(base, changed).wrong


def test_a_fault_of_ours_is_found(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is raised counts as wrong."""
    base = trial.bench.bases[0]
    _reading_so(monkeypatch, lambda record: record.values["没有"])  # type: ignore[arg-type, return-value]
    assert "KeyError" in trial.oracle.judge(base, base.data).wrong


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such alarm")
def test_reading_without_end_is_found(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook over which the reader goes round for ever ends as wrong all the same."""
    base = trial.bench.bases[0]
    oracle = Oracle(trial.bench, seconds=0.2)
    _reading_so(monkeypatch, lambda record: next(record for _ in iter(int, 1) if record is None))
    assert "没有读完" in oracle.judge(base, base.data).wrong


def _reading_so(monkeypatch: pytest.MonkeyPatch, change: Callable[[Record], Record]) -> None:
    """Let submissions be read with every record of 一列一条 changed."""
    right = reading.with_computed

    def wrong(*arguments: Any) -> Submission:
        submission = right(*arguments)
        data = submission.sheets["一列一条"]
        spoilt = replace(data, records=tuple(change(record) for record in data.records))
        return replace(submission, sheets={**submission.sheets, "一列一条": spoilt})

    monkeypatch.setattr(reading, "with_computed", wrong)


# ---------------------------------------------------------------- values


def with_cell(base: Base, title: str, address: str, inside: str, kind: str = "") -> bytes:
    """Return a workbook with something else in one cell, in the style that it had."""
    book = base.book.copy()
    part = base.parts[title]
    text = book.text(part)
    found = re.search(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', text, re.DOTALL)
    assert found, address
    book.write(part, f'{text[: found.start()]}<c r="{address}"{found[1] or ""}{kind}>{inside}</c>{text[found.end() :]}')
    return book.pack()


_KINDS = ["", ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="d"', ' t="n"']
_MARKS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff")
_TYPED = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.floats().map(repr),
    st.dates().map(str),
    st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    st.dates().map(lambda day: f"{day.year}.{day.month}"),
    st.text("0123456789０１２三四十百.,，-－年月日/:% ", max_size=12),
    st.text(_MARKS, max_size=30),
    st.sampled_from([one for row in VALID.values() for one in row]),
)
"""What people, and programs, may have put into a cell."""


@given(data=st.data())
def test_whatever_is_typed_is_read_right_or_reported(data: st.DataObject, trial: Trial) -> None:
    """Anything in the cell of any field, as any type, is read as what it says or is spoken of; no other cell changes."""
    _type_anything(data, trial)


@pytest.mark.campaign
@given(data=st.data())
def test_whatever_of_very_much_is_typed_is_read_right_or_reported(data: st.DataObject, trial: Trial) -> None:
    """The same over as many examples as a campaign tries."""
    _type_anything(data, trial)


def _type_anything(data: st.DataObject, trial: Trial) -> None:
    base = trial.bench.bases[data.draw(st.sampled_from([0, 1]))]
    title, address, _ = data.draw(st.sampled_from(trial.oracle.spots(base)))
    text, kind = _writable(data.draw(_TYPED)), data.draw(st.sampled_from(_KINDS))
    inside = f"<is><t>{text}</t></is>" if "inline" in kind else f"<v>{text}</v>"
    verdict = trial.oracle.judge(base, with_cell(base, title, address, inside, kind))
    assert not verdict.wrong


def _writable(text: str) -> str:
    """Return a text as XML holds it; what it cannot hold is escaped as the office programs do."""
    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda found: f"_x{ord(found.group()):04X}_", text)
    return escape(plain)


@given(data=st.data())
def test_a_right_value_is_read_without_a_word(data: st.DataObject, trial: Trial) -> None:
    """A value as the form asks for it is taken in exactly, and nothing is said by the reading."""
    base = trial.bench.bases[data.draw(st.sampled_from([0, 1]))]
    title, address, field = data.draw(st.sampled_from([one for one in trial.oracle.spots(base) if _is_free(one[2])]))
    text = data.draw(st.sampled_from(VALID[field.kind]))
    is_number = field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.DATE)
    kind, inside = ("", f"<v>{text}</v>") if is_number else (' t="inlineStr"', f"<is><t>{text}</t></is>")
    verdict = trial.oracle.judge(base, with_cell(base, title, address, inside, kind))
    assert verdict.outcome is Outcome.READ, verdict


def _is_free(field: Field) -> bool:
    """Return whether a field may hold any value of its kind, and nothing else speaks of it."""
    return field.kind in VALID and not (field.locked or field.name in ("编码", "次数", "个数"))
