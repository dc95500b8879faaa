"""Templates that other programs have saved, or that editing has worn, give the same papers as the original."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import Office
from word.oracle.case import Case
from word.oracle.disguise import worn
from word.oracle.engines import by_us
from word.oracle.reading import Stories, stories_of
from word.oracle.test_oracle import AWAITED, CASES

MOST_AT_ONCE = 100
"""LibreOffice 7.4 breaks down when it is given about 250 documents in one go."""
READY = [case for case in CASES if case.name not in AWAITED | {"转义花括号", "正负号修空白"}]


@pytest.mark.parametrize("case", READY, ids=lambda case: case.name)
def test_a_worn_template_reads_the_same(case: Case) -> None:
    """Runs cut as WPS cuts them, hints, spelling marks, bookmarks and revision numbers change no text."""
    assert stories_of(by_us(case, worn(case.template, seed=len(case.feature)))) == stories_of(by_us(case))


def letters(stories: Stories) -> Stories:
    """Return stories without what the office adds or names anew: the parts' names, its own language, empty lines."""
    found: dict[str, list[str]] = {}
    for title, lines in stories.items():
        kind = title.rstrip("0123456789").partition("-")[0]
        if kind not in {"core", "old boxes"}:
            found.setdefault(kind, []).extend(line for line in lines if line or kind == "document")
    return {kind: tuple(lines if kind == "document" else sorted(lines)) for kind, lines in found.items()}


@pytest.mark.render
def test_a_template_saved_by_libreoffice_reads_the_same(office: Office, tmp_path: Path) -> None:
    """Where LibreOffice leaves a template's own text alone when it saves it, the paper is the original's.

    It writes text boxes and fields anew, and makes cells of the columns that a ragged row leaves out; such templates
    are other templates then, and cannot be compared.
    """
    sources = [tmp_path / f"{number}.docx" for number in range(len(READY))]
    for source, case in zip(sources, READY, strict=True):
        source.write_bytes(case.template)
    saved = [
        path.read_bytes()
        for first in range(0, len(sources), MOST_AT_ONCE)
        for path in office.convert_all(sources[first : first + MOST_AT_ONCE], "docx", tmp_path / "saved")
    ]
    kept = [
        (c, data)
        for c, data in zip(READY, saved, strict=True)
        if letters(stories_of(data)) == letters(stories_of(c.template))
    ]
    assert len(kept) > 0.9 * len(READY)
    assert [c.name for c, data in kept if letters(stories_of(by_us(c, data))) != letters(stories_of(by_us(c)))] == []
