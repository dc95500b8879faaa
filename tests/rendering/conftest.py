"""Papers made into PDF once for all tests of rendering."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pbreports.rendering.office import Converted, convert
from pbreports.rendering.pages import Measured, measure
from pbreports.rendering.programs import Programs, find_programs
from rendering.fake import put_fake_office
from rendering.made import MISSING, papers


@pytest.fixture(scope="session")
def programs() -> Programs:
    """Return this machine's programs, and the fonts that were prepared for rendering."""
    prepared = os.environ.get("PBREPORTS_FONTCONFIG")
    return find_programs(os.environ, [Path(prepared).parent] if prepared else [])


@pytest.fixture(scope="session")
def faces() -> None:
    """Skip what needs a stand-in for every class of face where none were prepared; fail where rendering is demanded."""
    if os.environ.get("PBREPORTS_FONTCONFIG"):
        return
    reason = "the stand-ins for 仿宋 and 楷体 need .ci/render-fonts and PBREPORTS_FONTCONFIG"
    if os.environ.get("PBREPORTS_REQUIRE_RENDER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory, programs: Programs) -> Converted:
    """Return all papers that the tests look at, and some that cannot be converted, made into PDF by one LibreOffice."""
    folder = tmp_path_factory.mktemp("rendering")
    target = folder / "成稿 PDF"
    target.mkdir()
    files = [folder / f"{name}.docx" for name in papers()]
    for file, data in zip(files, papers().values(), strict=True):
        file.write_bytes(data)
    return convert([*files, folder / f"{MISSING}.docx"], target, programs)


@pytest.fixture(scope="session")
def pages(batch: Converted, programs: Programs) -> dict[str, Measured]:
    """Return the papers that could be converted, measured, by their names."""
    measured = {paper.stem: measure(pdf, programs) for paper, pdf in batch.pdfs.items()}
    return {name: one for name, one in measured.items() if one is not None}


@pytest.fixture
def fake(tmp_path: Path) -> Programs:
    """Return programs whose LibreOffice is a script of ours."""
    return Programs({"soffice": put_fake_office(tmp_path / "bin")}, {"PATH": os.environ["PATH"]})
