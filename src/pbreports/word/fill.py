"""Fills a Word template with figures, lists and constants. The only module that knows which engine does it."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import jinja2

from pbreports.errors import PbreportsError, TemplateError
from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import rewrite_package
from pbreports.tags.environment import environment
from pbreports.tags.names import Use, uses
from pbreports.word.source import Engine, Part, misplaced, open_template, parts_of

if TYPE_CHECKING:
    from pathlib import Path

_SYNTAX = (
    (re.compile(r"No filter named '(.+)'"), "没有“{}”这个写法"),
    (re.compile(r"No test named '(.+?)'"), "没有“{}”这个判断"),
    (re.compile(r"Encountered unknown tag '(.+?)'"), "不认识“{}”，它可能多余，或与前面的 if、for 不配对"),
    (re.compile(r"block that needs to be closed is '(\w+)'"), "“{0}”没有结束标签 end{0}"),
    (re.compile(r"unexpected '(.+?)'"), "多了“{}”"),
    (re.compile(r"unexpected char '(.+?)'"), "不能用“{}”"),
    (re.compile(r"expected token .*got '(.+?)'"), "“{}”附近写得不对"),
    (re.compile(r"'(?:dict|tuple) object' has no (?:attribute|element) '?(.+?)'?$"), "没有“{}”这一列"),
    (re.compile(r"'(.+?)' is undefined"), "没有“{}”"),
)


def names(template: Path) -> set[str]:
    """Return the names of figures, lists and constants that a template uses.

    Raises:
        TemplateError: when the template cannot be read; every mistake of its tags is named.
    """
    engine = open_template(template)
    return {use.name for _, use in _checked(template, engine, parts_of(engine), None)}


def check(template: Path, values: Mapping[str, object]) -> None:
    """Return when the template can be filled with these values.

    Raises:
        TemplateError: naming every mistake: unreadable tags, unknown names and columns, each with its place.
    """
    engine = open_template(template)
    _checked(template, engine, parts_of(engine), values)


def fill(template: Path, values: Mapping[str, object], *, stamp: datetime, author: str = "") -> bytes:
    """Return the paper: the template with its tags replaced by the values (see ``pbreports.tags.values``).

    ``stamp`` is written into the file as the time it was made; equal template, values and stamp give equal bytes.

    Raises:
        TemplateError: when the template cannot be filled; every unknown name is told at once, with its place.
    """
    engine = open_template(template)
    parts = parts_of(engine)
    _checked(template, engine, parts, values)
    try:
        engine.render(dict(values), jinja_env=environment(), autoescape=True)
    except Exception as error:
        line = _template_line(error)
        if line is None:
            raise
        raise _failed(template, parts, line, error) from error
    stream = io.BytesIO()
    engine.save(stream)
    return rewrite_package(stream.getvalue(), stamp=stamp, author=author, mend=mend_document)


def _checked(
    template: Path, engine: Engine, parts: tuple[Part, ...], values: Mapping[str, object] | None
) -> list[tuple[Part, Use]]:
    """Return the uses of names with their parts, once nothing is found wrong; without values names are not checked."""
    problems = list(misplaced(engine))
    found: list[tuple[Part, Use]] = []
    for part in parts:
        try:
            environment().compile(part.source)
            found += [(part, use) for use in uses(part.source)]
        except jinja2.TemplateSyntaxError as error:
            problems.append(f"{part.place(error.lineno)}：标签写得不对，{_in_chinese(error)}，请改正")
    if values is not None:
        problems += _unknown(found, values)
    if problems:
        raise _refused(template, problems)
    return found


def _refused(template: Path, problems: list[str]) -> TemplateError:
    """Return the error that names all problems of a template."""
    listed = problems[0] if len(problems) == 1 else "".join(f"\n  {i}. {each}" for i, each in enumerate(problems, 1))
    count = "" if len(problems) == 1 else f"有{len(problems)}处要改："
    return TemplateError(f"模板 {template.name}", f"{count}{listed}")


def _unknown(found: list[tuple[Part, Use]], values: Mapping[str, object]) -> Iterator[str]:
    """Yield a sentence for each unknown name or column, at its first place."""
    told: set[tuple[str, str]] = set()
    for part, use in found:
        if (use.name, use.column) in told:
            continue
        told.add((use.name, use.column))
        if use.name not in values:
            told.update((other.name, other.column) for _, other in found if other.name == use.name)
            yield _told(part, use, f"没有叫“{use.name}”的数字、名单或参数", _advice(use.name, values))
        elif use.column and (columns := _columns(values[use.name])) and use.column not in columns:
            yield _told(part, use, f"名单“{use.name}”没有“{use.column}”这一列", _advice(use.column, columns))


def _told(part: Part, use: Use, what: str, remedy: str) -> str:
    """Return place, mistake and remedy as one sentence part."""
    return f"{part.place(use.line)}：{what}，{remedy}"


def _columns(value: object) -> list[str]:
    """Return the columns of a list's rows; none when it is empty or no list."""
    if isinstance(value, tuple | list) and value and isinstance(value[0], Mapping):
        return list(value[0])
    return []


def _advice(name: str, known: Mapping[str, object] | list[str]) -> str:
    """Return how to mend an unknown name: the names most like it, or where names are declared."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    if close:
        return f"是不是“{'”或“'.join(close)}”"
    return "请改用已有的名字，或在方案的数字、名单里加上它"


def _failed(template: Path, parts: tuple[Part, ...], line: int, error: Exception) -> TemplateError:
    """Return the error for what went wrong while filling, with the place of its tag."""
    part = next((part for part in parts if "{" in part.lines[min(line, len(part.lines)) - 1]), parts[0])
    remedy = "请改正标签"
    if isinstance(error, PbreportsError):
        what, remedy = error.what, error.remedy or remedy
    elif isinstance(error, jinja2.exceptions.SecurityError):
        what = "标签里用了不允许的写法"
    else:
        what = f"标签算不出来，{_in_chinese(error)}"
    return TemplateError(f"模板 {template.name} → {part.place(line)}", what, remedy)


def _template_line(error: BaseException) -> int | None:
    """Return the line of the template's source in which an error arose; ``None`` when it is no template's error."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _in_chinese(error: Exception) -> str:
    """Return what an error of the engine says, in Chinese where its wording is known."""
    message = str(error)
    for pattern, told in _SYNTAX:
        if found := pattern.search(message):
            return told.format(found[1])
    return message
