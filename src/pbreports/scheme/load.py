"""Loads a year's scheme from its folder of YAML files, naming every mistake at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pbreports.errors import PbreportsError, SchemeError
from pbreports.scheme.check import check_scheme
from pbreports.scheme.declare import NOWHERE, NodeReader, Place, Problems, UnreadableNodeError, compose
from pbreports.scheme.model import ConstantTable, Field, Scheme, SchemeFile, Sheet

T = TypeVar("T")


def load_scheme(folder: Path) -> Scheme:
    """Return the checked scheme declared in a folder.

    Raises:
        SchemeError: with every mistake, each named by file and line.
    """
    problems = Problems()
    texts = _read_texts(folder)
    files = [_read_file(name, text, problems) for name, text in texts.items()]
    scheme = _assemble([one for one in files if one], problems, _digest(texts))
    if scheme:
        check_scheme(scheme, problems)
    if problems.found:
        raise SchemeError(_in_order(problems.found))
    assert scheme is not None  # a scheme that could not be put together has noted why
    return scheme


def _in_order(found: list[PbreportsError]) -> list[PbreportsError]:
    return list({str(one): one for one in found}.values())


def _read_texts(folder: Path) -> dict[str, str]:
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise SchemeError(
            [PbreportsError(str(folder), "没有方案文件", "请先运行 pbreports init，或把方案放进这个文件夹")]
        )
    return {path.name: _read_text(path) for path in paths}


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SchemeError([PbreportsError(path.name, "不是 UTF-8 编码", "请用 UTF-8 编码另存")]) from None
    except OSError as error:
        raise SchemeError(
            [PbreportsError(path.name, f"打不开（{error.strerror}）", "请关闭占用它的程序后重试")]
        ) from None


def _digest(texts: Mapping[str, str]) -> str:
    whole = "\0".join(f"{name}\0{text}" for name, text in texts.items())
    return hashlib.sha256(whole.encode()).hexdigest()


def _read_file(name: str, text: str, problems: Problems) -> SchemeFile | None:
    node = compose(text, name, problems)
    if node is None:
        return None
    try:
        return NodeReader(name, problems).declaration(node, SchemeFile)
    except UnreadableNodeError:
        return None


def _assemble(files: list[SchemeFile], problems: Problems, digest: str) -> Scheme | None:
    headings = [one.heading for one in files if one.heading]
    if len(headings) != 1:
        what = "没有“方案”一节" if not headings else "“方案”一节写了不止一次"
        problems.add(headings[1].place if headings else Place("方案", 1), what, "整个文件夹里要有且只有一个")
        return None
    choices = _merged(one.choices for one in files)
    bureau = [book for one in files for book in one.bureau]
    sheets = [sheet for one in files for sheet in one.sheets]
    sheets += [replace(sheet, workbook=book.name) for book in bureau for sheet in book.sheets]
    named = _Named(problems)
    return Scheme(
        heading=headings[0],
        choices=choices,
        parameters=_merged(one.parameters for one in files),
        switches=_merged(one.switches for one in files),
        tables=named("清单", [_with_options(table, choices, problems) for one in files for table in one.tables]),
        sheets=named("表", [_with_options(sheet, choices, problems) for sheet in sheets]),
        bureau=named("簿", bureau),
        rules=named("规则", [rule for one in files for rule in one.rules], lambda rule: rule.code),
        figures=named("数字", [figure for one in files for figure in one.figures]),
        lists=named("名单", [rule for one in files for rule in one.lists]),
        papers=named("文书", [paper for one in files for paper in one.papers]),
        digest=digest,
    )


def _merged(parts: Iterable[Mapping[str, T] | None]) -> dict[str, T]:
    return {name: value for part in parts for name, value in (part or {}).items()}


class _Named:
    """Puts declarations under their names, noting one that is declared twice."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def __call__(
        self, word: str, declared: list[T], name_of: Callable[[Any], str] = lambda one: one.name
    ) -> dict[str, T]:
        found: dict[str, T] = {}
        for one in declared:
            if name_of(one) in found:
                place: Place = getattr(one, "place", NOWHERE)
                self._problems.add(place, f"{word}“{name_of(one)}”重复声明", "请改名或删去一个")
            found[name_of(one)] = one
        return found


Fielded = TypeVar("Fielded", Sheet, ConstantTable)


def _with_options(declared: Fielded, choices: Mapping[str, tuple[str, ...]], problems: Problems) -> Fielded:
    """Return the sheet or table with the words of every choice set in place of its name."""
    fields = tuple(_with_words(field, choices, problems) for field in declared.fields)
    return replace(declared, fields=fields)


def _with_words(field: Field, choices: Mapping[str, tuple[str, ...]], problems: Problems) -> Field:
    if isinstance(field.choices, tuple):
        return field
    words = choices.get(field.choices)
    if words is None:
        problems.add(field.place, f"没有叫“{field.choices}”的选项", "请在“选项”里声明，或直接写列表")
    return replace(field, choices=words or ())
