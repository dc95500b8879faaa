"""Writes appointment forms from the inspection's workbook, on the ground of those that are there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pbreports.cadre.elements import Form
from pbreports.cadre.form import Origin, form_of
from pbreports.cadre.roster import unplaced_relatives
from pbreports.journal import WrittenPaper
from pbreports.pipeline.cadre.forms import MODERN, whole_form
from pbreports.pipeline.cadre.inspecting import Case, Inspection, inspect
from pbreports.pipeline.cadre.office import Office, opened
from pbreports.pipeline.cadre.publishing import chosen
from pbreports.pipeline.placing import Shelf
from pbreports.pipeline.year import Year, make_folder
from pbreports.private import write_private
from pbreports.workspace import safe_name

FOLDER = "任免表"
UNIT = "呈报单位"
"""The parameter that says who hands the forms in."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The forms written, by candidacy; ``notices`` are about single ones, ``warnings`` about the folders."""

    files: tuple[tuple[str, Path], ...]
    notices: tuple[str, ...]
    warnings: tuple[str, ...]


def export_forms(year: Year, as_of: date, candidates: Sequence[str] = (), *, revised: bool = False) -> Exported:
    """Return the forms written; one that staff have changed is left alone and the new one goes beside it.

    Raises:
        PbreportsError: as ``opened`` and ``inspect``; when a candidate is not known, or a form cannot be written.
    """
    with opened(year, as_of) as office:
        inspection = inspect(office)
        inspection.expect_candidates()
        wanted = chosen(inspection, candidates)
        cases = [one for one in inspection.cases if one.dossier.code in wanted]
        export = _Export(office, inspection, Counter(one.dossier.name for one in inspection.cases), revised)
        notices: list[str] = []
        make_folder(office.outputs / FOLDER)
        files = tuple((one.dossier.code, export.write(one, notices)) for one in cases)
        office.journal.ran("cadre export", as_of, {"forms": len(files)})
        return Exported(files, tuple(notices), office.warnings)


class _Export:
    """Writes forms; namesakes among the ``names`` carry their codes in the files' names."""

    def __init__(self, office: Office, inspection: Inspection, names: Counter[str], revised: bool) -> None:  # noqa: FBT001
        self._office, self._names, self._revised = office, names, revised
        self._origin = Origin(unit=str(inspection.names.get(UNIT, "")))
        self._faults = inspection.faults()
        self._shelf = Shelf(office.journal.papers(), office.shown, write_private)

    def write(self, case: Case, notices: list[str]) -> Path:
        """Write the form of one candidacy, and return where."""
        dossier = case.dossier
        if left := unplaced_relatives(dossier):
            notices.append(f"{dossier.code}：任免表的家庭成员写不下，有{len(left)}人没有写入。")
        if dossier.code in self._faults:
            notices.append(f"{dossier.code}：考察簿里有没改的错误，任免表照样写出，请改好后再写一次。")
        data = self._form(case).source
        several = self._names[dossier.name] > 1
        name = safe_name(f"{dossier.name}_{dossier.code}" if several else dossier.name) + MODERN
        path = self._shelf.put(self._office.outputs / FOLDER / name, data, notices)
        digest, day = hashlib.sha256(data).hexdigest(), self._office.as_of.isoformat()
        self._office.journal.wrote(WrittenPaper(self._office.shown(path), digest, written=day))
        return path

    def _form(self, case: Case) -> Form:
        """Return the new form: a modern one that is there is changed, of an old one only the photo is taken."""
        there = whole_form(self._office, case.form) if case.form else None
        modern = there is not None and there.file.casefold().endswith(MODERN)
        return form_of(
            case.dossier,
            day=case.day,
            photo=there.photo if there and not modern else None,
            revised_2025=self._revised,
            based_on=there if modern else None,
            origin=self._origin,
        )
