"""Templates that other programs have saved, or that editing has worn, give the same papers as the original.

Every day a part of the cases is tried, in campaigns all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from office import Office
from word.oracle.case import Case
from word.oracle.disguise import worn
from word.oracle.engines import by_us
from word.oracle.reading import Stories, stories_of
from word.oracle.test_oracle import CASES

MOST_AT_ONCE = 100
"""LibreOffice 7.4 breaks down when it is given about 250 documents in one go."""
SOME = [
    pytest.param(case, marks=() if number % 4 == 0 else pytest.mark.campaign, id=case.name)
    for number, case in enumerate(CASES)
]


@pytest.mark.parametrize("case", SOME)
def test_a_worn_template_reads_the_same(case: Case) -> None:
    """Runs cut as WPS cuts them, hints, spelling marks, bookmarks and revision numbers change no text."""
    assert stories_of(by_us(case, worn(case.template, seed=len(case.feature)))) == stories_of(by_us(case))


@pytest.mark.render
def test_some_templates_saved_by_libreoffice_read_the_same(office: Office, tmp_path: Path) -> None:
    """Every sixth template gives the same paper when LibreOffice has saved it."""
    assert changed_by(office, CASES[::6], tmp_path) == []


@pytest.mark.campaign
@pytest.mark.render
def test_all_templates_saved_by_libreoffice_read_the_same(office: Office, tmp_path: Path) -> None:
    """Every template gives the same paper when LibreOffice has saved it."""
    assert changed_by(office, CASES, tmp_path) == []


def changed_by(office: Office, cases: Sequence[Case], folder: Path) -> list[str]:
    """Return the cases whose paper is another when LibreOffice has saved the template.

    Only those are compared whose own text it leaves alone, nine of ten at least: it writes fields anew, and makes
    cells of the columns that a ragged row leaves out, so that the template is another one then. It forgets that a row
    was struck out.
    """
    cases = [case for case in cases if case.name != "删除的行"]
    sources = [folder / f"{number}.docx" for number in range(len(cases))]
    for source, case in zip(sources, cases, strict=True):
        source.write_bytes(case.template)
    saved = [
        path.read_bytes()
        for first in range(0, len(sources), MOST_AT_ONCE)
        for path in office.convert_all(sources[first : first + MOST_AT_ONCE], "docx", folder / "saved")
    ]
    pairs = zip(cases, saved, strict=True)
    kept = [(case, data) for case, data in pairs if texts_of(data) == texts_of(case.template)]
    assert len(kept) > 0.9 * len(cases)
    return [case.name for case, data in kept if texts_of(by_us(case, data)) != texts_of(by_us(case))]


def texts_of(data: bytes) -> Stories:
    """Return stories without what LibreOffice adds or names anew: parts' names, its own language, empty lines."""
    found: dict[str, list[str]] = {}
    for title, lines in stories_of(data).items():
        kind = title.rstrip("0123456789").partition("-")[0]
        if kind not in {"core", "old boxes"}:
            found.setdefault(kind, []).extend(line for line in lines if line or kind == "document")
    return {kind: tuple(lines if kind == "document" else sorted(lines)) for kind, lines in found.items()}
