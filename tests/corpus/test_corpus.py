"""The corpus of nasty workbooks, dropped all at once: each is answered as declared, and no neighbour is lost."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from click.testing import Result

from corpus.build import FAMILIES as FAMILIES_OF_CASES
from corpus.build import Family, corpus, drop
from corpus.case import Base, Case
from corpus.district import DAY, NEIGHBOURS, PERIOD, District
from corpus.district import Rows as Sent
from corpus.expected import Expected, Rows, Value, differing, load_expected
from excel.blanks import GOOD
from pbreports.ledger import Ledger
from pbreports.values import Entry, Finding, Record, Scalar

_KILLED = "F-18"
RIGHT = "一馆.xlsx"
_MOST_MEMORY = 300 * 1024 * 1024
_NOTABLE = 100_000  # bytes more than the usual workbook unfolds to
_UNIT_FIELD = "单位代码"
EXPECTED = load_expected()
FAMILIES = tuple(dict.fromkeys(name.partition("/")[0] for name in EXPECTED))


@dataclass(frozen=True)
class Taken:
    """What the ledger holds of one file."""

    entry: Entry
    findings: tuple[Finding, ...]
    read: dict[str, Rows | str]


@dataclass(frozen=True)
class Collection:
    """What came of dropping everything at once."""

    root: Path
    base: Base
    cases: tuple[Case, ...]
    refused: tuple[str, ...]
    sent: dict[str, dict[str, Sent]]
    result: Result
    states: dict[str, str]
    taken: tuple[Taken, ...]

    def of(self, place: str) -> list[Taken]:
        """Return what was taken of a folder, in order."""
        return [one for one in self.taken if one.entry.file.startswith(f"{place}/")]

    @property
    def right(self) -> Taken:
        """The workbook that all are made from."""
        return next(one for one in self.taken if one.entry.file == RIGHT)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """All cases and their neighbours, collected once by two processes."""
    district = District(tmp_path_factory.mktemp("corpus") / "年度")
    base = district.base()
    cases = corpus(base)
    sent = district.send_neighbours()
    (district.folder / RIGHT).write_bytes(base.workbook)
    (district.folder / "柳堤站.xlsx").write_bytes(base.other)
    refused = drop(cases, district.folder)
    result = district.year.run("collect", "--period", PERIOD, "--jobs", "2", day=DAY.isoformat())
    return Collection(district.year.root, base, cases, refused, sent, result, _states(district), _taken(district))


def _states(district: District) -> dict[str, str]:
    told = district.year.run("status", "--json", "--period", PERIOD, "--jobs", "2", day=DAY.isoformat())
    return {line["单位代码"]: line["状态"] for line in json.loads(told.stdout)["单位"]}


def _taken(district: District) -> tuple[Taken, ...]:
    with Ledger(district.year.outputs / "台账.db", district.scheme) as ledger:
        entries = [one for one in ledger.entries() if one.present and one.period == PERIOD]
        return tuple(Taken(one, ledger.findings(one.key), _read(ledger, one)) for one in entries)


def _read(ledger: Ledger, entry: Entry) -> dict[str, Rows | str]:
    """Return what was read of each sheet: its records, or its state when it has none."""
    found: dict[str, Rows | str] = {}
    for sheet, state in ledger.states(entry.key).items():
        records = ledger.records(sheet, [entry.key])
        found[sheet] = [_row(one) for one in records] if records else state.value
    return found


def _row(record: Record) -> dict[str, Value]:
    return {name: _plain(value) for name, value in record.values.items() if name != _UNIT_FIELD and value is not None}


def _plain(value: Scalar) -> Value:
    return value if isinstance(value, bool) else str(value)


def test_the_command_comes_to_its_end(collection: Collection) -> None:
    """Whatever lies in the folder, the command says what must be mended, and nothing is a fault of ours."""
    assert isinstance(collection.result.exception, SystemExit), collection.result.exc_info
    assert collection.result.exit_code == 1
    assert "Traceback" not in collection.result.output
    broken = [one.entry.file for one in collection.taken if "程序出错" in str(one.findings)]
    assert broken == []


def test_no_neighbour_is_lost(collection: Collection) -> None:
    """What the innocent have sent is read to the last value and counted, wherever it lies among the nasty."""
    assert {unit: collection.states[unit] for unit in NEIGHBOURS} == dict.fromkeys(NEIGHBOURS, "通过")
    found = {one.entry.unit: one for one in collection.taken if one.entry.unit in NEIGHBOURS}
    assert found.keys() == set(NEIGHBOURS)
    for unit, sent in collection.sent.items():
        assert found[unit].findings == ()
        for sheet, rows in sent.items():
            read = found[unit].read[sheet]
            assert [{**one, **_told(row)} for one, row in zip(read, rows, strict=True)] == read  # type: ignore[dict-item]


def _told(row: dict[str, Scalar]) -> dict[str, Value]:
    return {name: _plain(value) for name, value in row.items()}


def test_the_workbook_that_all_are_made_from_is_right(collection: Collection) -> None:
    """Without a fault nothing is found, and everything is read as it was filled in."""
    assert collection.right.findings == ()
    for sheet, rows in GOOD.items():
        read = collection.right.read[sheet]
        assert [{**one, **_told(row)} for one, row in zip(read, rows, strict=True)] == read


@pytest.mark.parametrize("family", FAMILIES)
def test_each_case_is_answered_as_declared(collection: Collection, family: str) -> None:
    """The findings come in order and no others; files are taken in for the units declared, and read as declared."""
    wrong: dict[str, object] = {}
    for case in collection.cases:
        if case.family == family and case.place not in collection.refused:
            told = _compared(collection, case, EXPECTED[case.place])
            if told:
                wrong[case.name] = told
    assert wrong == {}


def _compared(collection: Collection, case: Case, expected: Expected) -> list[object]:
    """Return in what a case was not answered as declared."""
    taken = collection.of(case.place)
    found = [finding for one in taken for finding in one.findings]
    wrong: list[object] = []
    if len(found) != len(expected.findings) or not all(
        wanted.is_met(one, case.place) for wanted, one in zip(expected.findings, found, strict=True)
    ):
        wrong.append([str(one) for one in found])
    units = tuple(one.entry.unit for one in taken if one.entry.unit)
    if units != expected.units:
        wrong.append(units)
    right = differing(collection.right.read, expected)
    wrong += [_differences(one.read, right) for one in taken if _is_of_base(one, collection) and one.read != right]
    return wrong


def _is_of_base(one: Taken, collection: Collection) -> bool:
    """Return whether a file was taken in and made from the workbook that all are made from."""
    return bool(one.entry.unit) and one.entry.sha256 != hashlib.sha256(collection.base.other).hexdigest()


def _differences(read: dict[str, Rows | str], right: dict[str, Rows | str]) -> dict[str, object]:
    return {sheet: read.get(sheet) for sheet in read.keys() | right.keys() if read.get(sheet) != right.get(sheet)}


def test_every_case_has_a_fault_of_its_own(collection: Collection) -> None:
    """There are at least 120 cases; no two are called the same, hold the same or are declared without being built."""
    cases = collection.cases
    assert len(cases) >= 120
    assert collection.refused == () or sys.platform != "linux"
    assert Counter(one.place for one in cases).most_common(1)[0][1] == 1
    assert {one.place for one in cases} == EXPECTED.keys()
    contents = Counter(
        str(sorted((name, hashlib.sha256(data).digest()) for name, data in one.files.items())) for one in cases
    )
    assert contents.most_common(1)[0][1] == 1


@pytest.mark.parametrize("family", FAMILIES_OF_CASES)
def test_the_corpus_is_the_same_every_time(collection: Collection, family: Family) -> None:
    """The same script gives the same bytes, so that a failure can be looked at again."""
    again = list(islice(family(collection.base), 8))
    assert again == [one for one in collection.cases if one.family == again[0].family][:8]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux alone")
def test_no_case_needs_much_memory(collection: Collection) -> None:
    """Reading holds less than 300 MB, all that a process needs for itself included, whatever the file unfolds to."""
    sizes = {one.place: max(map(_unpacked_size, one.files.values())) for one in collection.cases}
    usual = _unpacked_size(collection.base.workbook)
    large = {place for place, size in sizes.items() if size > usual + _NOTABLE or place.startswith("格式/")}
    killed = {one.entry.file for one in collection.taken if any(found.code == _KILLED for found in one.findings)}
    files = [one.entry.file for one in collection.taken if "/".join(one.entry.file.split("/")[:2]) in large]
    peaks = _peaks(collection.root, [file for file in files if file not in killed])
    assert len(peaks) > 80
    assert {file: peak for file, peak in peaks.items() if peak > _MOST_MEMORY} == {}


def _peaks(root: Path, files: list[str]) -> dict[str, int]:
    told = subprocess.run(
        [sys.executable, "-m", "corpus.weigh", str(root)],
        input=json.dumps(files),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent.parent,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return dict(json.loads(told.stdout))


def _unpacked_size(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, ValueError):
        return len(data)


def test_only_poison_is_killed(collection: Collection) -> None:
    """No file but those meant to kill their reader ran into the bounds of time and memory."""
    killed = {one.entry.file for one in collection.taken if any(f.code == _KILLED for f in one.findings)}
    meant = {name for name, one in EXPECTED.items() if any(awaited.code == _KILLED for awaited in one.findings)}
    assert {file.rpartition("/")[0] for file in killed} == meant
