"""The ledger: SQLite tables made from the scheme, holding what was read, found and counted.

It can be deleted and rebuilt from the inputs and the journal at any time. Numbers are kept as text, so that no
decimal is lost; a blank is NULL, never zero.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from pbreports.errors import LedgerError, reason_of
from pbreports.ledger.coding import (
    BY_SOURCE,
    FINDING_COLUMNS,
    OWN_TABLES,
    Decoder,
    cells_of,
    correction_of,
    correction_row,
    count_of,
    count_row,
    create,
    decoder,
    finding_of,
    finding_row,
    quoted,
    record_row,
)
from pbreports.ledger.source import Source
from pbreports.scheme.model import Scheme, Sheet
from pbreports.values import CellRef, Correction, Entry, Explanation, Finding, Record, Scalar, Severity, SheetState

FORM = "5"
"""The lay-out of the ledger itself; another value means the file is rebuilt."""


class Ledger:
    """The ledger file of one year, open; use it in a ``with`` statement.

    It has tables for the sheets of the year's own workbooks, or for those of the workbooks that are kept apart.
    """

    def __init__(self, path: Path, scheme: Scheme, *, private: bool = False) -> None:
        """Open the ledger, making it anew when it is of another scheme or lay-out.

        Raises:
            LedgerError: when the file cannot be opened or is no ledger.
        """
        self._scheme = scheme
        self._sheets = [one for one in scheme.sheets.values() if (one.name in scheme.private_sheets) is private]
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
                self._db.execute(f"DROP TABLE {quoted(name)}")
            for statement in (
                *OWN_TABLES,
                *(create(one, self._columns(one)) for one in self._sheets),
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
        row = (source.key, source.file, source.unit, source.period, source.sha256, source.control)
        self._db.execute("INSERT INTO _source VALUES (?, ?, ?, ?, ?, 1, ?)", row)
        states = [(source.key, name, state.value) for name, state in source.states.items()]
        self._db.executemany("INSERT INTO _sheet VALUES (?, ?, ?)", states)
        self._put_findings(source.key, source.findings)
        self._put_words(source)
        for name, records in source.records.items():
            columns = self._columns(self._scheme.sheets[name])
            marks = ", ".join("?" * (len(columns) + 4))
            rows = [record_row(source.key, number, one, columns) for number, one in enumerate(records)]
            self._db.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", rows)

    def _put_findings(self, key: str, findings: Sequence[Finding]) -> None:
        rows = [finding_row(key, number, one) for number, one in enumerate(findings)]
        self._db.executemany(f"INSERT INTO _finding VALUES ({', '.join('?' * 16)})", rows)

    def _put_words(self, source: Source) -> None:
        said = [
            (source.key, number, one.code, one.sheet, one.subject, one.text)
            for number, one in enumerate(source.explanations)
        ]
        self._db.executemany("INSERT INTO _explanation VALUES (?, ?, ?, ?, ?, ?)", said)
        corrected = [correction_row(source.key, number, one) for number, one in enumerate(source.corrections)]
        self._db.executemany(f"INSERT INTO _correction VALUES ({', '.join('?' * 13)})", corrected)
        telling = [(source.key, one) for one in dict.fromkeys(source.telling)]
        self._db.executemany("INSERT INTO _telling VALUES (?, ?)", telling)

    def note_present(self, period: str, keys: Iterable[str]) -> None:
        """Note which workbooks of a period stand among the inputs; the others are the journal's copies."""
        with self._db:
            self._db.execute("UPDATE _source SET present = 0 WHERE period = ?", (period,))
            self._db.executemany("UPDATE _source SET present = 1 WHERE key = ?", [(key,) for key in keys])

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop everything read whose key is not among those given."""
        gone = [(key,) for key in self.keys() - frozenset(keys)]
        with self._writing():
            for table in ("_source", *BY_SOURCE, *(one.name for one in self._sheets)):
                column = "key" if table == "_source" else "source" if table.startswith("_") else "_source"
                self._db.executemany(f"DELETE FROM {quoted(table)} WHERE {column} = ?", gone)

    def states(self, key: str) -> dict[str, SheetState]:
        """Return the state of each sheet of one workbook."""
        rows = self._db.execute("SELECT sheet, state FROM _sheet WHERE source = ?", (key,))
        return {name: SheetState(state) for name, state in rows}

    def findings(self, key: str) -> tuple[Finding, ...]:
        """Return the findings of one workbook in order."""
        query = f"SELECT {FINDING_COLUMNS} FROM _finding WHERE source = ? ORDER BY ordinal"
        return tuple(finding_of(row) for row in self._db.execute(query, (key,)))

    def explanations(self, key: str) -> tuple[Explanation, ...]:
        """Return what the school wrote beside findings in one workbook."""
        query = "SELECT code, sheet, subject, text FROM _explanation WHERE source = ? ORDER BY ordinal"
        return tuple(Explanation(*row) for row in self._db.execute(query, (key,)))

    def corrections(self, keys: Iterable[str]) -> tuple[Correction, ...]:
        """Return the cells that the bureau has corrected in the given workbooks."""
        query = "SELECT * FROM _correction WHERE source = ? ORDER BY ordinal"
        return tuple(correction_of(row[2:]) for key in keys for row in self._db.execute(query, (key,)))

    def control(self, key: str) -> str:
        """Return the control code of one workbook's data, empty when it has none."""
        row = self._db.execute("SELECT control FROM _source WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def telling(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the digests of the telling records of each workbook."""
        query = "SELECT digest FROM _telling WHERE source = ?"
        return {key: frozenset(one for (one,) in self._db.execute(query, (key,))) for key in keys}

    def put_district_findings(self, key: str, findings: Sequence[Finding]) -> None:
        """Keep the findings over the whole district, known by the digest of what they rest on."""
        with self._writing():
            self._db.execute("INSERT INTO _source VALUES (?, '', '', '', '', 1, '')", (key,))
            self._put_findings(key, findings)

    def put_counts(
        self, key: str, counts: Mapping[str, tuple[Scalar, Sequence[CellRef]]], findings: Sequence[Finding]
    ) -> None:
        """Keep numbers counted in a workbook that is kept apart, each by its name with the places of what was counted.

        ``findings`` is what to tell about them.
        """
        with self._writing():
            self._db.execute("INSERT INTO _source VALUES (?, '', '', '', '', 1, '')", (key,))
            rows = [count_row(key, name, value, places) for name, (value, places) in counts.items()]
            self._db.executemany("INSERT INTO _count VALUES (?, ?, ?, ?)", rows)
            self._put_findings(key, findings)

    def counts(self, key: str) -> dict[str, tuple[Decimal | None, tuple[CellRef, ...]]]:
        """Return the numbers counted under a key, each with the places of what was counted."""
        rows = self._db.execute("SELECT name, value, cells FROM _count WHERE source = ? ORDER BY rowid", (key,))
        return {name: count_of(value, cells) for name, value, cells in rows}

    def records(self, sheet: str, keys: Sequence[str]) -> tuple[Record, ...]:
        """Return the records of a sheet from the given workbooks, in the order of the keys and of their rows."""
        declared = self._scheme.sheets[sheet]
        columns = [(name, decoder(declared.by_name.get(name))) for name in self._columns(declared)]
        found = [record for key in keys for record in self._records(declared, columns, key)]
        return tuple(found)

    def _records(self, sheet: Sheet, columns: Sequence[tuple[str, Decoder]], key: str) -> Iterator[Record]:
        source = self._db.execute("SELECT file, unit, period FROM _source WHERE key = ?", (key,)).fetchone()
        if source is None:
            return
        file, unit, period = source
        query = f"SELECT * FROM {quoted(sheet.name)} WHERE _source = ? ORDER BY _row"
        with closing(self._db.execute(query, (key,))) as cursor:
            for _, _, title, cells, *values in cursor:
                found = {
                    name: decode(value)
                    for (name, decode), value in zip(columns, values, strict=True)
                    if value is not None
                }
                yield Record(sheet.name, unit, found, cells_of(cells), file, title, period)

    def dump(self) -> tuple[str, ...]:
        """Return the ledger's contents as sorted lines, by which two ledgers are compared."""
        return tuple(sorted(self._db.iterdump()))


def copy_ledger(path: Path, target: Path) -> None:
    """Copy a ledger as it stands now, also while a run is writing it; one that cannot be read is left behind.

    It can be rebuilt: what is not copied is read anew.
    """
    if not path.is_file():
        return
    try:
        source = sqlite3.connect(f"file:{quote(path.as_posix())}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(target)) as there:
            source.backup(there)
    except sqlite3.Error:
        target.unlink(missing_ok=True)


def _unusable(path: Path, what: str) -> LedgerError:
    return LedgerError(str(path), what, "可以删去这个文件，再运行 pbreports collect 重建")


__all__ = ["FORM", "Ledger", "Source", "copy_ledger"]
