"""The appointment forms that stand in the inspection's folder: ``.lrmx``, and ``.lrm`` with its picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pbreports import findings
from pbreports.cadre.elements import Form, FormError
from pbreports.cadre.lrm import read_lrm
from pbreports.cadre.lrmx import read_lrmx
from pbreports.errors import PbreportsError, reason_of
from pbreports.pipeline.cadre.office import Office
from pbreports.values import CellRef, Finding

MODERN, OLD, PICTURE = ".lrmx", ".lrm", ".pic"


@dataclass(frozen=True, slots=True)
class ReadForms:
    """The forms that could be read, and those that could not."""

    forms: tuple[Form, ...]
    findings: tuple[Finding, ...]


def forms_of(office: Office) -> ReadForms:
    """Return the forms below the inspection's folder, in the order of their paths; nothing is written.

    What is bulky is left out, photo and source: ``whole_form`` reads them again when they are wanted.
    """
    read, faults = [], []
    for path in form_files(office.year.workspace.private_inputs):
        shown = office.shown_below(path)
        try:
            read.append(replace(_read(path, shown), photo=None, source=b""))
        except FormError as error:
            faults.append(findings.finding("K-40", CellRef(shown), 原因=error.what, 怎么改=error.remedy))
        except OSError as error:
            why = f"打不开（{reason_of(error)}）"
            faults.append(findings.finding("K-40", CellRef(shown), 原因=why, 怎么改="请关闭占用它的程序后重试"))
    return ReadForms(tuple(read), tuple(faults))


def form_files(folder: Path) -> Iterator[Path]:
    """Go through the forms below a folder, whatever the case of their endings; marks of open files are passed over."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.casefold() in (MODERN, OLD) and path.is_file() and not path.name.startswith(("~", ".")):
            yield path


def whole_form(office: Office, form: Form) -> Form:
    """Return a form as its file has it, photo and source included.

    Raises:
        PbreportsError: when it cannot be read any more.
    """
    path = office.year.workspace.private_inputs.parent / form.file
    try:
        return _read(path, form.file)
    except OSError as error:
        raise PbreportsError(form.file, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试") from None


def _read(path: Path, shown: str) -> Form:
    if path.suffix.casefold() == MODERN:
        return read_lrmx(path.read_bytes(), shown)
    return read_lrm(path.read_bytes(), shown, _picture_beside(path))


def _picture_beside(path: Path) -> bytes | None:
    beside = (one for one in path.parent.iterdir() if one.stem == path.stem and one.suffix.casefold() == PICTURE)
    found = next(beside, None)
    return found.read_bytes() if found else None
