"""Pages judged: right papers have nothing wrong with them, each fault is told and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pbreports.rendering.counting import chars_a_line, lines_a_side
from pbreports.rendering.judging import check_pages
from pbreports.rendering.office import Converted
from pbreports.rendering.pages import Measured
from pbreports.rendering.yardstick import Yardstick
from pbreports.scheme.profile import load_profile
from rendering.made import FAULTS, LETTER_FAULTS, RIGHT_ONES, contents

CONVENTIONS = ("measured", "literal")
EXPECTED = {name: codes for faults in (FAULTS, LETTER_FAULTS) for name, (_, codes) in faults.items()}

pytestmark = pytest.mark.render


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("name", RIGHT_ONES)
def test_a_right_paper_has_nothing_wrong_with_it(
    pages: dict[str, Measured], batch: Converted, name: str, convention: str
) -> None:
    """Whichever convention for margins it was made by, and whichever it is judged by."""
    found = check_pages(pages[name], contents(name), load_profile(convention), batch.lent)
    assert [str(one) for one in found] == []


@pytest.mark.usefixtures("faces")
@pytest.mark.parametrize("name", EXPECTED)
def test_one_fault_is_told_and_nothing_else(pages: dict[str, Measured], batch: Converted, name: str) -> None:
    """Each parameter that only the page shows, changed alone."""
    found = check_pages(pages[name], contents(name), load_profile(), batch.lent)
    assert {one.code for one in found} == EXPECTED[name], [str(one) for one in found]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_says_where_what_and_how_binding(pages: dict[str, Measured], batch: Converted, name: str) -> None:
    """Page, element, found, expected, clause: nothing is left empty."""
    for one in check_pages(pages[name], contents(name), load_profile(), batch.lent):
        assert one.place.startswith("第")
        assert all((one.element, one.parameter, one.found, one.expected, one.clause))
        assert "GB/T 9704-2012" in one.basis


def test_a_bureaus_own_value_is_not_called_the_standards(
    pages: dict[str, Measured], batch: Converted, tmp_path: Path
) -> None:
    """What the bureau has laid down itself is judged by and said to be its own."""
    own = tmp_path / "公文格式.yaml"
    own.write_text("发文机关标志上边缘至版心上边缘: 50\n", encoding="utf-8")
    [fault] = check_pages(pages["公文"], contents("公文"), load_profile("", own), batch.lent)
    assert fault.code == "W-87"
    assert "国家标准" in fault.basis
    assert "GB/T" not in fault.basis


@pytest.mark.usefixtures("faces")
def test_a_face_nobody_asked_for_is_told(pages: dict[str, Measured], batch: Converted) -> None:
    """Where a font is missing and nothing stands in for it, characters come out in another face."""
    asked = replace(contents("公文"), fonts=frozenset({"仿宋_GB2312"}))
    alone = replace(batch.lent, rare=frozenset())
    [fault] = check_pages(pages["公文"], asked, load_profile(), alone)
    assert fault.code == "W-96"
    assert "小标宋" in fault.found


def test_the_face_of_a_title_must_be_on_the_pages(pages: dict[str, Measured], batch: Converted) -> None:
    """A file may ask for 小标宋 on a machine that has none, and then the title comes out in another face."""
    titled = contents("内部材料")
    plain = tuple(face for face in pages["内部材料"].faces if face.kind != "小标宋")
    found = check_pages(replace(pages["内部材料"], faces=plain), titled, load_profile(), batch.lent)
    assert [(one.code, one.element, one.expected) for one in found] == [("W-96", "标题", "小标宋")]


def test_a_face_that_cannot_be_had_is_not_judged(pages: dict[str, Measured], batch: Converted) -> None:
    """Without any 仿宋 on this machine nothing can be said about it, and that is told elsewhere."""
    bare = replace(pages["公文"], faces=())
    lacking = replace(batch.lent, missing=("仿宋",))
    assert check_pages(bare, contents("公文"), load_profile(), lacking) == ()


@pytest.mark.parametrize("name", ["内部材料", "内部材料 照字面"])
def test_a_full_side_has_22_lines_of_28_characters(pages: dict[str, Measured], name: str) -> None:
    """Under both conventions exactly that many (5.2.3)."""
    area = Yardstick(load_profile()).area
    assert lines_a_side(pages[name].pages, area) == 22
    assert chars_a_line(pages[name].pages, area, 28) == 28
