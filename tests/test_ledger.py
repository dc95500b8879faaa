"""The ledger: every value comes back as it went in, a rebuild is the same, what is no ledger is left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import LedgerError
from pbreports.ledger import Ledger, Source
from pbreports.scheme import Scheme
from pbreports.values import CellRef, Finding, Record, Scalar, Severity, SheetState, YearMonth
from tiny import SCHEME, tiny_scheme

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers(-(10**20), 10**20).map(Decimal)
VALUES: dict[str, st.SearchStrategy[Scalar]] = {
    "编码": TEXT,
    "短文": TEXT,
    "长文": TEXT,
    "个数": st.integers(-(10**12), 10**12).map(Decimal),
    "金额": NUMBER,
    "办理日期": st.dates(),
    "出生年月": st.builds(YearMonth, st.integers(1, 9999), st.integers(1, 12)),
    "等次": st.sampled_from(["优秀", "合格"]),
    "是否公示": st.booleans(),
    "合计数": NUMBER,
}
ROW = st.fixed_dictionaries({}, optional=VALUES)
CELLS = st.dictionaries(st.sampled_from(list(VALUES)), st.sampled_from(["A1", "B7", "AA100"]))


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme."""
    return tiny_scheme(tmp_path_factory.mktemp("方案"))


def record(values: dict[str, Scalar], cells: dict[str, str] | None = None, unit: str = "A01") -> Record:
    """Return a record of the list that has every kind of field."""
    return Record("一行一条", unit, values, cells or {}, "甲.xlsx", "01_一行一条", "上半年")


def source(key: str, *records: Record, findings: tuple[Finding, ...] = (), file: str = "甲.xlsx") -> Source:
    """Return a workbook as it was read."""
    states = {"一行一条": SheetState.FILLED, "只填一份": SheetState.NONE}
    return Source(key, file, "A01", "上半年", f"sha-{key}", states, {"一行一条": records}, findings)


@given(st.lists(st.tuples(ROW, CELLS), max_size=4))
def test_every_value_comes_back(scheme: Scheme, rows: list[tuple[dict[str, Scalar], dict[str, str]]]) -> None:
    """All kinds of values, their cells in order, file, title, unit and period; a blank stays a blank."""
    given = tuple(record(values, cells) for values, cells in rows)
    with Ledger(Path(":memory:"), scheme) as ledger:
        ledger.put([source("k", *given)])
        assert ledger.records("一行一条", ["k"]) == given


def test_a_blank_is_not_zero(scheme: Scheme) -> None:
    """NULL and 0, no text and an empty text, 否 and a blank are told apart."""
    rows = (record({"个数": Decimal(0), "短文": "", "是否公示": False}), record({}))
    with Ledger(Path(":memory:"), scheme) as ledger:
        ledger.put([source("k", *rows)])
        first, second = ledger.records("一行一条", ["k"])
    assert (first.get("个数"), first.get("短文"), first.get("是否公示")) == (Decimal(0), "", False)
    assert (second.get("个数"), second.get("短文"), second.get("是否公示")) == (None, None, None)


FINDINGS = (
    Finding("V-M01", Severity.ERROR, CellRef("甲.xlsx", "01_一行一条", "D7"), "不等。", "请核对。", "A01", 3),
    Finding("V-G10", Severity.NOTICE, CellRef("甲.xlsx"), "第2版。", "", "A01"),
    Finding("V-T01", Severity.WARNING, CellRef("甲.xlsx", "表"), "少。", "请说明。", ""),
)


def test_findings_and_states_come_back(scheme: Scheme) -> None:
    """In their order, with every part; an entry counts them by gravity."""
    with Ledger(Path(":memory:"), scheme) as ledger:
        ledger.put([source("k", findings=FINDINGS), source("leer")])
        assert ledger.findings("k") == FINDINGS
        assert ledger.findings("nothing") == ()
        assert ledger.states("k") == {"一行一条": SheetState.FILLED, "只填一份": SheetState.NONE}
        counts = {one.key: (one.errors, one.warnings, one.notices) for one in ledger.entries()}
    assert counts == {"k": (1, 1, 1), "leer": (0, 0, 0)}


def test_district_findings_are_kept_under_their_digest(scheme: Scheme) -> None:
    """What the rules over the district found is known by what it rests on."""
    with Ledger(Path(":memory:"), scheme) as ledger:
        ledger.put_district_findings("district-1", FINDINGS)
        assert ledger.has("district-1")
        assert not ledger.has("district-2")
        assert ledger.findings("district-1") == FINDINGS


def test_a_rebuilt_ledger_is_the_same(scheme: Scheme, tmp_path: Path) -> None:
    """The same readings in another order give the same sorted dump; another value does not."""
    one, two = source("a", record({"个数": Decimal(1)})), source("b", record({"短文": "x'y"}), findings=FINDINGS)
    dumps = []
    for name, sources in (("1.db", [one, two]), ("2.db", [two, one]), ("3.db", [one, source("b")])):
        with Ledger(tmp_path / name, scheme) as ledger:
            ledger.put(sources)
            dumps.append(ledger.dump())
    assert dumps[0] == dumps[1] != dumps[2]


def test_what_was_put_is_there_again_after_closing(scheme: Scheme, tmp_path: Path) -> None:
    """Opening again with the same scheme keeps everything."""
    path = tmp_path / "outputs" / "台账.db"
    with Ledger(path, scheme) as ledger:
        ledger.put([source("a", record({"个数": Decimal(1)}))])
    with Ledger(path, scheme) as ledger:
        assert ledger.keys() == {"a"}


def test_another_scheme_makes_it_anew(scheme: Scheme, tmp_path: Path) -> None:
    """A ledger of another declaration is emptied and has the new tables."""
    path = tmp_path / "台账.db"
    with Ledger(path, scheme) as ledger:
        ledger.put([source("a", record({"个数": Decimal(1)}))])
    changed = tiny_scheme(tmp_path / "另", SCHEME.replace("名称: 联系电话", "名称: 手机"))
    with Ledger(path, changed) as ledger:
        assert ledger.keys() == frozenset()
        assert any('"手机" TEXT' in line for line in ledger.dump())


def test_keep_only_drops_the_rest_whole(scheme: Scheme) -> None:
    """Records, states and findings of what is no longer there go with it."""
    with Ledger(Path(":memory:"), scheme) as ledger:
        ledger.put([source("b", record({"短文": "乙"}))])
        alone = ledger.dump()
        ledger.put([source("a", record({"短文": "甲"}), findings=FINDINGS)])
        ledger.keep_only(["b", "unknown"])
        assert ledger.dump() == alone


def test_records_come_in_the_order_of_the_keys(scheme: Scheme) -> None:
    """The caller's order of workbooks, then the order of rows; an unknown key gives nothing."""
    with Ledger(Path(":memory:"), scheme) as ledger:
        ledger.put([source("a", record({"编码": "1"}), record({"编码": "2"})), source("b", record({"编码": "3"}))])
        found = ledger.records("一行一条", ["b", "nothing", "a"])
    assert [one.get("编码") for one in found] == ["3", "1", "2"]


def test_all_or_nothing_is_put(scheme: Scheme) -> None:
    """When one of several workbooks cannot be put in, none is."""
    with Ledger(Path(":memory:"), scheme) as ledger:
        with pytest.raises(sqlite3.IntegrityError):
            ledger.put([source("a"), source("b"), source("a")])
        assert ledger.keys() == frozenset()


def _garbage(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 this is a workbook" * 100)


def _folder(path: Path) -> None:
    path.mkdir()


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE 别人的 (a)")
    db.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_garbage, "台账打不开（文件内容不是数据库）"),
        (_folder, "台账打不开（没有权限，或者这是文件夹）"),
        (_foreign, "别的程序的数据库"),
    ],
)
def test_what_is_no_ledger_is_left_alone(
    scheme: Scheme, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    """Another file, a folder or another program's database in its place is a sentence and stays as it was."""
    path = tmp_path / "台账.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError, match=words) as caught:
        Ledger(path, scheme)
    assert "可以删去这个文件，再运行 pbreports collect 重建" in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_damaged_ledger_is_a_sentence(scheme: Scheme, tmp_path: Path) -> None:
    """Pages overwritten on the disk are noticed when it is opened."""
    path = tmp_path / "台账.db"
    with Ledger(path, scheme) as ledger:
        ledger.put([source("a", *(record({"长文": "长" * 900}) for _ in range(50)))])
    whole = bytearray(path.read_bytes())
    whole[4096:-4096] = b"\xff" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(LedgerError, match="台账"):
        Ledger(path, scheme)


def test_a_ledger_that_another_program_writes_is_a_sentence(scheme: Scheme, tmp_path: Path) -> None:
    """A database viewer that holds the file does not end in a traceback, and nothing is half-written."""
    path = tmp_path / "台账.db"
    with Ledger(path, scheme) as ledger:
        ledger._db.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(path)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerError, match="写不进去（文件正被其他程序占用）"):
            ledger.put([source("a")])
        other.rollback()
        other.close()
        assert ledger.keys() == frozenset()


def test_names_are_quoted(tmp_path: Path) -> None:
    """Sheets and fields named like words of the database's language are only names."""
    text = SCHEME.replace("名称: 一行一条", "名称: table").replace("名称: 短文", "名称: select")
    odd = tiny_scheme(tmp_path / "方案", text)
    one = Record("table", "A01", {"编码": "1", "select": '";DROP TABLE "_source'}, {}, "甲.xlsx", "01_table", "上半年")
    with Ledger(tmp_path / "台账.db", odd) as ledger:
        ledger.put([Source("k", "甲.xlsx", "A01", "上半年", "s", {}, {"table": (one,)}, ())])
        assert ledger.records("table", ["k"]) == (one,)
        ledger.keep_only([])
        assert ledger.records("table", ["k"]) == ()


def test_dates_are_kept_as_text_people_can_read(scheme: Scheme, tmp_path: Path) -> None:
    """A look into the file shows the values as they are written on paper."""
    with Ledger(tmp_path / "台账.db", scheme) as ledger:
        ledger.put([source("a", record({"办理日期": date(2031, 3, 1), "是否公示": True, "金额": Decimal("1E+3")}))])
        dump = "\n".join(ledger.dump())
    assert "'2031-03-01'" in dump
    assert "'是'" in dump
    assert "'1000'" in dump
