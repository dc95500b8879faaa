"""Loads a year's scheme from its folder of YAML files, naming every mistake at once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pbreports.errors import PbreportsError, SchemeError, reason_of
from pbreports.scheme.check import check_scheme
from pbreports.scheme.compose import compose
from pbreports.scheme.declare import NOWHERE, NodeReader, Place, Problems, UnreadableNodeError, suggest
from pbreports.scheme.model import ConstantTable, Field, Scheme, SchemeFile, Sheet
from pbreports.scheme.model.cadre import CadreRule
from pbreports.scheme.model.rating import RatingRule

T = TypeVar("T")
Section = TypeVar("Section", RatingRule, CadreRule)


def load_scheme(folder: Path) -> Scheme:
    """Return the checked scheme declared in a folder; the same one while the files say the same.

    So what is compiled from a scheme need not be compiled anew for every command of one process.

    Raises:
        SchemeError: with every mistake, each named by file and line.
    """
    problems = Problems()
    texts = _read_texts(folder, problems)
    return _checked(texts, problems) if problems.found or problems.blind else _declared(tuple(texts.items()))


@lru_cache(maxsize=16)
def _declared(texts: tuple[tuple[str, str], ...]) -> Scheme:
    return _checked(dict(texts), Problems())


def _checked(texts: Mapping[str, str], problems: Problems) -> Scheme:
    files = [_read_file(name, text, problems) for name, text in texts.items()]
    scheme = _assemble([one for one in files if one], problems, _digest(texts))
    if scheme:
        check_scheme(scheme, problems)
    if problems.found:
        raise SchemeError(problems.in_order())
    assert scheme is not None  # a scheme that could not be put together has noted why
    return scheme


def _read_texts(folder: Path, problems: Problems) -> dict[str, str]:
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise SchemeError(
            [PbreportsError(str(folder), "没有方案文件", "请先运行 pbreports init，或把方案放进这个文件夹")]
        )
    for path in sorted(folder.glob("*.yml")):
        problems.add(Place(path.name, 1), "扩展名是 .yml，不会被读取", "请改成 .yaml")
    found = {path.name: _read_text(path, problems) for path in paths}
    return {name: text for name, text in found.items() if text is not None}


def _read_text(path: Path, problems: Problems) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(Place(path.name, 1), f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试")
    else:
        try:
            return io.StringIO(data.decode("utf-8-sig"), newline=None).read()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            problems.add(Place(path.name, line), "不是 UTF-8 编码", "请用 UTF-8 编码另存")
    problems.blind = True
    return None


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
        problems.blind = True
        return None


def _assemble(files: list[SchemeFile], problems: Problems, digest: str) -> Scheme | None:
    headings = [one.heading for one in files if one.heading]
    if not headings:
        if not problems.blind and not any(("方案",) in one.place.lines for one in files):
            problems.add(Place("方案", 1), "没有“方案”一节", "整个文件夹里要有且只有一个")
        return None
    for extra in headings[1:]:
        problems.add(extra.place, "“方案”一节写了不止一次", "整个文件夹里要有且只有一个")
    choices = _merged("选项", files, lambda one: one.choices, problems)
    bureau = [book for one in files for book in one.bureau]
    sheets = [sheet for one in files for sheet in one.sheets]
    sheets += [replace(sheet, workbook=book.name) for book in bureau for sheet in book.sheets]
    named = _Named(problems)
    return Scheme(
        heading=headings[0],
        choices=choices,
        parameters=_merged("参数", files, lambda one: one.parameters, problems),
        switches=_merged("口径", files, lambda one: one.switches, problems),
        tables=named("清单", [_with_options(table, choices, problems) for one in files for table in one.tables]),
        sheets=named("表", [_with_options(sheet, choices, problems) for sheet in sheets]),
        bureau=named("簿", bureau),
        rules=named("规则", [rule for one in files for rule in one.rules], lambda rule: rule.code),
        figures=named("数字", [figure for one in files for figure in one.figures]),
        lists=named("名单", [rule for one in files for rule in one.lists]),
        papers=named("文书", [paper for one in files for paper in one.papers]),
        seal_totals=tuple(total for one in files for total in one.seal_totals),
        rating=_only("评定", [one.rating for one in files], problems),
        cadre=_only("考察", [one.cadre for one in files], problems),
        digest=digest,
    )


def _only(word: str, given: Iterable[Section | None], problems: Problems) -> Section | None:
    """Return a section that a scheme has once or not at all."""
    found = [one for one in given if one]
    for extra in found[1:]:
        problems.add(extra.place, f"“{word}”一节写了不止一次", "整个文件夹里只能有一个")
    return found[0] if found else None


def _merged(
    word: str, files: Iterable[SchemeFile], part: Callable[[SchemeFile], Mapping[str, T] | None], problems: Problems
) -> dict[str, T]:
    """Return a section's entries from all files, noting one that two files declare."""
    found: dict[str, T] = {}
    for one in files:
        for name, value in (part(one) or {}).items():
            if name in found:
                problems.add(one.place.of(word, name), f"{word}“{name}”重复声明", "请改名或删去一个")
            found[name] = value
    return found


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
                place: Place = getattr(one, "place", NOWHERE).of("名称")
                self._problems.add(place, f"{word}“{name_of(one)}”重复声明", "请改名或删去一个")
            found.setdefault(name_of(one), one)
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
        what = f"没有叫“{field.choices}”的选项"
        remedy = suggest(field.choices, list(choices)) + "，或直接写列表"
        problems.unknown(field.place.of("选项"), field.choices, what, remedy)
    return replace(field, choices=words or (field.choices,))
