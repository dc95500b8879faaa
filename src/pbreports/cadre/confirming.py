"""What the bureau has confirmed of forms that only a name ties to a candidate (任免表确认)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pbreports.cadre.elements import Form
from pbreports.findings import finding
from pbreports.scheme.cadres import CODE
from pbreports.values import Finding, Record

FILE, BY = "任免表文件", "确认人"


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The candidacy's code by the form's file, and the rows that could not be used."""

    codes: Mapping[str, str]
    findings: tuple[Finding, ...]


def confirmations_of(rows: Sequence[Record], forms: Sequence[Form], codes: Collection[str]) -> Confirmations:
    """Return what the rows confirm; a file is named with its folders or without, when no other has its name."""
    files: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        for name in _names(form.file):
            files[name].add(form.file)
    usable: dict[str, list[Record]] = defaultdict(list)
    unused = []
    for row in rows:
        named = files.get(_spelt(row.get(FILE)), set())
        if problem := _problem(row, named, codes):
            unused.append(_unused(row, problem))
        else:
            usable[next(iter(named))].append(row)
    for some in usable.values():
        if len({_code(row) for row in some}) > 1:
            unused += [_unused(row, "另一行写的是别的候选人编号") for row in some]
    agreed = {file: {_code(row) for row in some} for file, some in usable.items()}
    return Confirmations({file: next(iter(one)) for file, one in agreed.items() if len(one) == 1}, tuple(unused))


def _unused(row: Record, problem: str) -> Finding:
    return finding("K-46", row.cell(FILE), 文件=row.get(FILE) or "", 什么=problem)


def _problem(row: Record, files: Collection[str], codes: Collection[str]) -> str:
    if not str(row.get(BY) or "").strip():
        return "没有填确认人"
    if _code(row) not in codes:
        return f"没有候选人编号“{_code(row)}”"
    if not files:
        return "考察文件夹里没有这个文件"
    return f"有{len(files)}个文件叫这个名字，请写上文件夹" if len(files) > 1 else ""


def _names(file: str) -> list[str]:
    """Return the ends of a path that may name it: 张三.lrmx, 任免表/张三.lrmx and so on."""
    parts = _spelt(file).split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _spelt(file: object) -> str:
    """Return a file's name as it is compared: Windows heeds neither case nor the way of the slashes."""
    return unicodedata.normalize("NFKC", str(file or "")).strip().strip("\"'").replace("\\", "/").casefold()


def _code(row: Record) -> str:
    return str(row.get(CODE) or "").strip()
