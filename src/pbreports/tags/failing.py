"""What went wrong while a program was run: where it came from, what it is to staff, how to go on without the tag."""

from __future__ import annotations

import traceback

import jinja2
from jinja2 import Undefined
from jinja2.exceptions import SecurityError

from pbreports.errors import PbreportsError
from pbreports.tags.problems import Place, Problem
from pbreports.tags.tokens import keyword
from pbreports.tags.wording import in_chinese


def template_lines(error: BaseException) -> list[int]:
    """Return the lines of the compiled source through which an error came, the innermost last."""
    frames = traceback.walk_tb(error.__traceback__)
    return [line for frame, line in frames if frame.f_code.co_filename in {"<template>", "<unknown>"}]


def idle(source: str) -> str:
    """Return a control tag that does nothing in the place of one that fails; what it would have set is empty."""
    word = keyword(source)
    if word == "set" and "=" in source:
        return f"{source.partition('=')[0]} = ''"
    return {
        "for": "for _ in ()",
        "if": "if false",
        "elif": "elif false",
        "with": "with",
        "filter": "filter string",
    }.get(word, source)


def reason(value: Undefined) -> Exception:
    """Return the error that using an unknown value raises."""
    try:
        value._fail_with_undefined_error()  # noqa: SLF001 - the only way to its wording
    except (jinja2.UndefinedError, SecurityError) as error:
        return error


def failure(place: Place, error: Exception) -> Problem:
    """Return the problem that an error while filling is."""
    if isinstance(error, PbreportsError):
        return Problem("T-10", place, error.what, error.remedy or "请改正标签")
    if isinstance(error, SecurityError):
        return Problem("T-11", place, f"标签里用了不允许的写法（{in_chinese(error)}）", "请改正标签")
    if isinstance(error, MemoryError | RecursionError):
        return Problem("T-12", place, "循环或文字太长", "请改正标签")
    code = "T-08" if isinstance(error, jinja2.UndefinedError) else "T-10"
    return Problem(code, place, f"标签算不出来，{in_chinese(error)}", "请改正标签")
