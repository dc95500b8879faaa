"""What must hold of every mutated workbook: read right, refused with a sentence, or reported; never changed in silence."""

from __future__ import annotations

import contextlib
import re
import signal
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import FrameType

from fuzz.bases import Base, Bench
from fuzz.mutations import MOST_MUTATIONS
from fuzz.witness import Seen, Witness, says, witness
from pbreports.ledger import Source
from pbreports.ooxml.limits import LIMITS
from pbreports.pipeline.arrivals import arrivals_of
from pbreports.pipeline.reading import read_arrival
from pbreports.scheme.model import Field, Layout
from pbreports.values import Finding, Scalar, SheetState

_HAN = re.compile("[\u4e00-\u9fff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]")
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_QUOTED = re.compile("“([^”]*)”")
_OF_RULES = "R-"
_TOLD_BY_CELLS = {SheetState.FILLED, SheetState.EMPTY}  # whether a sheet holds anything is proved cell by cell
Spot = tuple[str, str]
"""A cell: the title of its sheet, its address."""


class Outcome(Enum):
    """What came of one example."""

    READ = "读对"
    REFUSED = "退回"
    REPORTED = "有提示"
    WRONG = "不对"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one example, and what is wrong with it when something is."""

    outcome: Outcome
    wrong: str = ""


@dataclass(frozen=True)
class Known:
    """What is read of a valid workbook, and what the witness sees in it."""

    values: Mapping[Spot, tuple[str, Scalar]]
    """The field and value of every cell that a record was read from; blank ones are among them."""
    states: Mapping[str, SheetState]
    titles: Mapping[str, str]
    """The sheet's name in the scheme by its title."""
    seen: Witness
    fields: Mapping[tuple[str, str], str]
    """The field that the letters or the digits of an address stand for, by sheet name."""
    remarks: frozenset[str]
    """The texts of the line of remarks, which may move."""


@dataclass(frozen=True)
class Quiet:
    """The sheets that nothing is found on: the fields and values read from their cells, and what the witness sees."""

    values: Mapping[Spot, tuple[str, Scalar]]
    cells: Mapping[str, Mapping[str, Seen]]
    since_1904: bool


class Hung(BaseException):
    """Reading took longer than one file may take; no handler of ours catches it."""


class Oracle:
    """Judges mutated workbooks against the valid ones that they were made from."""

    def __init__(self, bench: Bench, seconds: float = LIMITS.seconds) -> None:
        self._bench, self._seconds = bench, seconds
        self._computed = {(rule, name) for (rule, name), one in bench.kinds().items() if one.computed}
        self._known = {base.name: self._known_of(base) for base in bench.bases}

    def spots(self, base: Base) -> list[tuple[str, str, Field]]:
        """Return the cells of a valid workbook that records are read from: sheet title, address, field."""
        known, kinds = self._known[base.name], self._bench.kinds()
        return [
            (title, address, kinds[known.titles[title], name])
            for (title, address), (name, _) in sorted(known.values.items())
        ]

    def judge(self, base: Base, data: bytes) -> Verdict:
        """Return what came of a mutated workbook."""
        try:
            with _watched(self._seconds):
                sources = self._read(base, data)
        except Hung:
            return Verdict(Outcome.WRONG, f"{self._seconds} 秒内没有读完")
        except Exception as error:  # noqa: BLE001 — whatever is raised is the fault that is looked for
            return Verdict(Outcome.WRONG, f"抛出 {type(error).__name__}: {error}")
        return self._verdict(base, data, sources)

    def _read(self, base: Base, data: bytes) -> list[Source]:
        bench, path = self._bench, self._bench.root / "报送.xlsx"
        path.write_bytes(data)
        period = bench.scheme.period(base.period)
        return [read_arrival(one, bench.year, bench.background, period) for one in arrivals_of(path, path.name)]

    def _verdict(self, base: Base, data: bytes, sources: list[Source]) -> Verdict:
        wrong = [_unworded(one) for source in sources for one in source.findings]
        if any(wrong):
            return Verdict(Outcome.WRONG, next(filter(None, wrong)))
        if len(sources) != 1 or not sources[0].unit:
            told = all(source.findings for source in sources)
            return Verdict(Outcome.REFUSED) if told else Verdict(Outcome.WRONG, "没有读取，也没有说为什么")
        source = sources[0]
        told = [one for one in source.findings if not one.code.startswith(_OF_RULES)]
        spoken = frozenset(title for one in told for title in (one.where.sheet, *_QUOTED.findall(one.message)))
        fault = self._fault(base, data, source, spoken)
        if fault:
            return Verdict(Outcome.WRONG, fault)
        return Verdict(Outcome.REPORTED if source.findings else Outcome.READ)

    # ------------------------------------------------------------ soundness

    def _fault(self, base: Base, data: bytes, source: Source, spoken: frozenset[str]) -> str:
        """Return in what the records do not say what the file says, empty when they do.

        ``spoken`` are the sheets that something is found on: of them no more is asked than that no value changes
        whose cell did not.
        """
        known, values = self._known[base.name], self._values(source)
        try:
            seen = witness(data, frozenset(known.titles) | {title for title, _ in values})
        except (zipfile.BadZipFile, zlib.error) as error:
            return f"读了已损坏的部件（{error}）"
        except Exception as error:  # noqa: BLE001 — a file that the witness cannot read was read
            return "" if spoken else f"读了，旁证却读不了（{type(error).__name__}: {error}）"
        silent = Quiet(
            {spot: one for spot, one in values.items() if spot[0] not in spoken},
            {title: cells for title, cells in seen.cells.items() if title not in spoken},
            seen.since_1904,
        )
        faults = [*self._unmoved(known, seen, values), *_unseen(silent), *self._lost(known, silent)]
        if not spoken:
            faults += self._strange(base, known, source)
        return "；".join(faults[:3])

    def _unmoved(self, known: Known, seen: Witness, values: Mapping[Spot, tuple[str, Scalar]]) -> Iterator[str]:
        """Yield the values that changed though their cells did not, whatever was reported."""
        if seen.since_1904 != known.seen.since_1904:
            return
        for (title, address), (name, value) in values.items():
            before = known.values.get((title, address))
            cell = seen.cells.get(title, {}).get(address)
            if cell != known.seen.cells.get(title, {}).get(address) or before is None or before[0] != name:
                continue
            if value not in (before[1], None):
                yield f"{title} {address} {name} 没有动，却由 {before[1]!r} 读成 {value!r}"

    def _strange(self, base: Base, known: Known, source: Source) -> Iterator[str]:
        """Yield what the file is taken for that the valid one was not."""
        if source.unit != base.unit:
            yield f"算作了单位 {source.unit}"
        for name, state in source.states.items():
            before = known.states.get(name)
            if state is not before and ({state, before} != _TOLD_BY_CELLS or self._is_emptied(name, state, known)):
                yield f"{name} 由 {before} 变成 {state}"

    def _is_emptied(self, name: str, state: SheetState, known: Known) -> bool:
        """Return whether a single page holds nothing though it held more than the mutations of cells can clear."""
        if state is SheetState.FILLED or self._bench.scheme.sheets[name].layout is not Layout.FORM:
            return False
        held = [one for (title, _), one in known.values.items() if known.titles[title] == name and one[1] is not None]
        return len(held) > MOST_MUTATIONS

    def _lost(self, known: Known, silent: Quiet) -> Iterator[str]:
        """Yield the cells of fields that hold something which was not read, and fields read from others' places."""
        firsts = {title: min(letters, key=_by_width) for title, letters in _letters(silent).items()}
        for title, cells in silent.cells.items():
            for address, cell in cells.items():
                field = self._field_at(known, title, address, firsts.get(title, "C"))
                is_remark = cell.text in known.remarks
                if field and not is_remark and silent.values.get((title, address), (field, None))[1] is None:
                    yield f"{title} {address} {field} 没有读，文件里是 {cell}"
        for (title, address), (name, _) in silent.values.items():
            field = self._field_of(known, title, address)
            if field != name:
                yield f"{title} {address} 读作 {name}，应是 {field or '别的'}"

    def _field_at(self, known: Known, title: str, address: str, first: str) -> str:
        """Return the field that a cell of the valid workbook is of, empty for labels and what is outside.

        ``first`` is the column from which an upright sheet holds data.
        """
        match = _ADDRESS.fullmatch(address)
        sheet = known.titles.get(title)
        if match is None or sheet is None:
            return ""
        is_data = int(match[2]) >= 5 if self._is_list(sheet) else _by_width(match[1]) >= _by_width(first)
        return self._field_of(known, title, address) if is_data else ""

    def _field_of(self, known: Known, title: str, address: str) -> str:
        """Return the field of a cell's column in a list, of its row in an upright sheet."""
        match = _ADDRESS.fullmatch(address)
        sheet = known.titles.get(title, "")
        return known.fields.get((sheet, match[1 if self._is_list(sheet) else 2]), "") if match and sheet else ""

    # ------------------------------------------------------------ what is known

    def _known_of(self, base: Base) -> Known:
        (source,) = self._read(base, base.data)
        assert not source.findings, source.findings
        values = self._values(source)
        titles = {one.title: name for name, records in source.records.items() for one in records}
        fields: dict[tuple[str, str], str] = {}
        for (title, address), (name, _) in values.items():
            match = _ADDRESS.fullmatch(address)
            assert match is not None
            fields[titles[title], match[1] if self._is_list(titles[title]) else match[2]] = name
        seen = witness(base.data, frozenset(titles))
        remarks = frozenset(
            cell.text
            for title, cells in seen.cells.items()
            for address, cell in cells.items()
            if (address[1:] == "4" if self._is_list(titles[title]) else address[0] == "B")
        )
        return Known(values, source.states, titles, seen, fields, remarks)

    def _is_list(self, sheet: str) -> bool:
        return self._bench.scheme.sheets[sheet].layout is Layout.LIST

    def _values(self, source: Source) -> dict[Spot, tuple[str, Scalar]]:
        return {
            (record.title, address): (name, record.values.get(name))
            for sheet, records in source.records.items()
            for record in records
            for name, address in record.cells.items()
            if (sheet, name) not in self._computed
        }


def _by_width(letters: str) -> tuple[int, str]:
    return len(letters), letters


def _letters(silent: Quiet) -> dict[str, set[str]]:
    """Return the columns that values were read from, by sheet title."""
    found: dict[str, set[str]] = {}
    for title, address in silent.values:
        found.setdefault(title, set()).add(address.rstrip("0123456789"))
    return found


def _unseen(silent: Quiet) -> Iterator[str]:
    """Yield the values that their cells do not say."""
    for (title, address), (name, value) in silent.values.items():
        cell = silent.cells.get(title, {}).get(address)
        if value is None:
            continue
        if cell is None or not says(cell, value, since_1904=silent.since_1904):
            yield f"{title} {address} {name} 读成 {value!r}，文件里是 {cell}"


def _unworded(one: Finding) -> str:
    """Return what a finding lacks to be a Chinese sentence with a remedy, which can be printed anywhere."""
    if not (one.code and _HAN.search(one.message) and (_HAN.search(one.remedy) or "，请" in one.message)):
        return f"话没有说全：{one!r}"
    if found := _UNPRINTABLE.search(f"{one.message}{one.remedy}{one.where}{one.subject}"):
        return f"话里有 {found.group()!r}：{one!r}"
    return ""


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """Raise ``Hung`` where the work inside takes more of the processor's time; nothing without such an alarm.

    The clock on the wall would blame the file for a busy machine.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise Hung
