"""The ledger: SQLite tables made from the scheme, holding what was read, found and counted.

It can be deleted and rebuilt from the inputs and the journal at any time. Numbers are kept as text, so that no
decimal is lost; a blank is NULL, never zero.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pbreports.errors import LedgerError, reason_of
from pbreports.scheme.model import Field, FieldKind, Scheme, Sheet
from pbreports.values import CellRef, Entry, Finding, Record, Scalar, Severity, SheetState, YearMonth

FORM = "3"
"""The lay-out of the ledger itself; another value means the file is rebuilt."""

_OWN_TABLES = (
    "CREATE TABLE _about (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE _source (key TEXT PRIMARY KEY, file TEXT, unit TEXT, period TEXT, sha256 TEXT, present INTEGER)",
    "CREATE TABLE _sheet (source TEXT, sheet TEXT, state TEXT, PRIMARY KEY (source, sheet))",
    """CREATE TABLE _finding (source TEXT, ordinal INTEGER, code TEXT, severity TEXT, file TEXT, sheet TEXT, cell TEXT,
    message TEXT, remedy TEXT, unit TEXT, count INTEGER, personal INTEGER, PRIMARY KEY (source, ordinal))""",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One workbook as it was read: whose, of which period, with its sheets' states and its findings.

    ``key`` is the digest of everything that the reading rests on (file, scheme, reader, bureau workbooks).
    ``unit`` is empty for the bureau's own and for files whose unit could not be told.
    """

    key: str
    file: str
    unit: str
    period: str
    sha256: str
    states: Mapping[str, SheetState]
    records: Mapping[str, Sequence[Record]]
    findings: tuple[Finding, ...]


class Ledger:
    """The ledger file of one year, open; use it in a ``with`` statement."""

    def __init__(self, path: Path, scheme: Scheme) -> None:
        """Open the ledger, making it anew when it is of another scheme or lay-out.

        Raises:
            LedgerError: when the file cannot be opened or is no ledger.
        """
        self._scheme = scheme
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path)
        except (sqlite3.Error, OSError) as error:
            raise _unusable(path, f"台账打不开（{reason_of(error)}）") from None
        try:
            self._prepare()
        except (sqlite3.Error, LedgerError) as error:
            self._db.close()
            raise (
                error if isinstance(error, LedgerError) else _unusable(path, f"台账打不开（{reason_of(error)}）")
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = DELETE")
        if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise _unusable(self._path, "台账损坏")
        about, tables = self._about(), self._tables()
        if about == self._wanted():
            return
        if tables and "form" not in about:
            raise _unusable(self._path, "这不是台账，是别的程序的数据库")
        self._make(tables)

    def _make(self, old: Sequence[str]) -> None:
        """Make the tables anew, all of them or none."""
        with self._db:
            self._db.execute("BEGIN")
            for name in old:
                self._db.execute(f"DROP TABLE {_quoted(name)}")
            for statement in (
                *_OWN_TABLES,
                *(_create(one, self._columns(one)) for one in self._scheme.sheets.values()),
            ):
                self._db.execute(statement)
            self._db.executemany("INSERT INTO _about VALUES (?, ?)", self._wanted().items())

    def _tables(self) -> list[str]:
        rows = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return [name for (name,) in rows.fetchall()]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold a transaction; a full disk, a read-only file or one that another program holds is a sentence."""
        try:
            with self._db:
                yield
        except sqlite3.OperationalError as error:
            raise LedgerError(
                str(self._path), f"台账写不进去（{reason_of(error)}）", "请检查磁盘空间和权限，关闭打开它的程序后重试"
            ) from None

    def _wanted(self) -> dict[str, str]:
        return {"form": FORM, "scheme": self._scheme.digest}

    def _about(self) -> dict[str, str]:
        try:
            return dict(self._db.execute("SELECT name, value FROM _about").fetchall())
        except sqlite3.OperationalError:
            return {}

    def _columns(self, sheet: Sheet) -> tuple[str, ...]:
        names = [field.name for field in sheet.fields]
        unit_field = self._scheme.heading.roster.code
        return tuple(names if not sheet.of_school or unit_field in names else [*names, unit_field])

    def has(self, key: str) -> bool:
        """Whether something was read under a key."""
        return self._db.execute("SELECT 1 FROM _source WHERE key = ?", (key,)).fetchone() is not None

    def keys(self) -> frozenset[str]:
        """Return the keys of everything that was read."""
        return frozenset(key for (key,) in self._db.execute("SELECT key FROM _source"))

    def entries(self) -> tuple[Entry, ...]:
        """Return every workbook that was read, by file."""
        rows = self._db.execute(
            "SELECT key, s.file, s.unit, s.period, sha256, coalesce(sum(severity = ?), 0),"
            " coalesce(sum(severity = ?), 0), coalesce(sum(severity = ?), 0), s.present = 1"
            " FROM _source s LEFT JOIN _finding f ON f.source = key GROUP BY key ORDER BY s.file, key",
            [one.value for one in (Severity.ERROR, Severity.WARNING, Severity.NOTICE)],
        )
        return tuple(Entry(*facts) for facts in rows)

    def put(self, sources: Iterable[Source]) -> None:
        """Add what was read; all of it or, when anything fails, nothing."""
        with self._writing():
            for source in sources:
                self._put(source)

    def _put(self, source: Source) -> None:
        row = (source.key, source.file, source.unit, source.period, source.sha256)
        self._db.execute("INSERT INTO _source VALUES (?, ?, ?, ?, ?, 1)", row)
        states = [(source.key, name, state.value) for name, state in source.states.items()]
        self._db.executemany("INSERT INTO _sheet VALUES (?, ?, ?)", states)
        self._put_findings(source.key, source.findings)
        for name, records in source.records.items():
            columns = self._columns(self._scheme.sheets[name])
            marks = ", ".join("?" * (len(columns) + 4))
            rows = [_row(source.key, number, one, columns) for number, one in enumerate(records)]
            self._db.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", rows)

    def _put_findings(self, key: str, findings: Sequence[Finding]) -> None:
        rows = [
            (
                key,
                number,
                one.code,
                one.severity.value,
                *_place(one.where),
                one.message,
                one.remedy,
                one.unit,
                one.count,
                one.personal,
            )
            for number, one in enumerate(findings)
        ]
        self._db.executemany("INSERT INTO _finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def note_present(self, period: str, keys: Iterable[str]) -> None:
        """Note which workbooks of a period stand among the inputs; the others are the journal's copies."""
        with self._db:
            self._db.execute("UPDATE _source SET present = 0 WHERE period = ?", (period,))
            self._db.executemany("UPDATE _source SET present = 1 WHERE key = ?", [(key,) for key in keys])

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop everything read whose key is not among those given."""
        gone = [(key,) for key in self.keys() - frozenset(keys)]
        with self._writing():
            for table in ("_source", "_sheet", "_finding", *self._scheme.sheets):
                column = "key" if table == "_source" else "source" if table.startswith("_") else "_source"
                self._db.executemany(f"DELETE FROM {_quoted(table)} WHERE {column} = ?", gone)

    def states(self, key: str) -> dict[str, SheetState]:
        """Return the state of each sheet of one workbook."""
        rows = self._db.execute("SELECT sheet, state FROM _sheet WHERE source = ?", (key,))
        return {name: SheetState(state) for name, state in rows}

    def findings(self, key: str) -> tuple[Finding, ...]:
        """Return the findings of one workbook in order."""
        rows = self._db.execute(
            "SELECT code, severity, file, sheet, cell, message, remedy, unit, count, personal FROM _finding"
            " WHERE source = ? ORDER BY ordinal",
            (key,),
        )
        return tuple(
            Finding(code, Severity(severity), CellRef(*place), message, remedy, unit, count, bool(personal))
            for code, severity, *place, message, remedy, unit, count, personal in rows
        )

    def put_district_findings(self, key: str, findings: Sequence[Finding]) -> None:
        """Keep the findings over the whole district, known by the digest of what they rest on."""
        with self._writing():
            self._db.execute("INSERT INTO _source VALUES (?, '', '', '', '', 1)", (key,))
            self._put_findings(key, findings)

    def records(self, sheet: str, keys: Sequence[str]) -> tuple[Record, ...]:
        """Return the records of a sheet from the given workbooks, in the order of the keys and of their rows."""
        declared = self._scheme.sheets[sheet]
        columns = self._columns(declared)
        found = [record for key in keys for record in self._records(declared, columns, key)]
        return tuple(found)

    def _records(self, sheet: Sheet, columns: tuple[str, ...], key: str) -> Iterator[Record]:
        source = self._db.execute("SELECT file, unit, period FROM _source WHERE key = ?", (key,)).fetchone()
        if source is None:
            return
        file, unit, period = source
        query = f"SELECT * FROM {_quoted(sheet.name)} WHERE _source = ? ORDER BY _row"
        decoders = [_decoder(sheet.by_name.get(name)) for name in columns]
        with closing(self._db.execute(query, (key,))) as cursor:
            for _, _, title, cells, *values in cursor:
                found = {
                    name: decode(value)
                    for name, decode, value in zip(columns, decoders, values, strict=True)
                    if value is not None
                }
                yield Record(sheet.name, unit, found, json.loads(cells), file, title, period)

    def dump(self) -> tuple[str, ...]:
        """Return the ledger's contents as sorted lines, by which two ledgers are compared."""
        return tuple(sorted(self._db.iterdump()))


def _unusable(path: Path, what: str) -> LedgerError:
    return LedgerError(str(path), what, "可以删去这个文件，再运行 pbreports collect 重建")


def _place(where: CellRef) -> tuple[str, str, str]:
    return where.file, where.sheet, where.cell


def _create(sheet: Sheet, columns: Sequence[str]) -> str:
    fields = ", ".join(f"{_quoted(name)} TEXT" for name in columns)
    return (
        f"CREATE TABLE {_quoted(sheet.name)} (_source TEXT, _row INTEGER, _title TEXT, _cells TEXT, {fields},"
        " PRIMARY KEY (_source, _row))"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _row(key: str, number: int, record: Record, columns: Sequence[str]) -> tuple[Any, ...]:
    cells = json.dumps(dict(record.cells), ensure_ascii=False, separators=(",", ":"))
    return (key, number, record.title, cells, *(_encoded(record.values.get(name)) for name in columns))


def _encoded(value: Scalar) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        raise TypeError(f"a quotient must be rounded before it is stored: {value}")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _decoder(field: Field | None) -> Any:
    return _DECODERS.get(field.holds, str) if field else str


def _month(text: str) -> YearMonth:
    year, month = text.split("-")
    return YearMonth(int(year), int(month))


def _truth(text: str) -> bool:
    return text == "是"


_DECODERS = {
    FieldKind.INTEGER: Decimal,
    FieldKind.DECIMAL: Decimal,
    FieldKind.DATE: date.fromisoformat,
    FieldKind.MONTH: _month,
    FieldKind.YES_NO: _truth,
}
