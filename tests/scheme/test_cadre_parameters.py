"""A scheme that inspects cadres gives every parameter that the program asks by name, each holding what it must."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pbreports.errors import SchemeError
from pbreports.scheme import load_scheme
from pbreports.scheme.cadres import PARAMETERS

SCHEME = Path(__file__).parents[2] / "inputs" / "2020" / "方案"
NAMES = [name for names in PARAMETERS.values() for name in names]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped scheme."""
    return Path(shutil.copytree(SCHEME, tmp_path / "方案"))


def _changed(folder: Path, name: str, text: str) -> str:
    """Return what is said of a scheme in which a parameter's line is replaced."""
    file = folder / "参数.yaml"
    given = file.read_text(encoding="utf-8")
    changed = re.sub(rf"^  {name}:.*\n", text, given, flags=re.MULTILINE)
    assert changed != given
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(SchemeError) as raised:
        load_scheme(folder)
    return str(raised.value)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_parameter_is_named(folder: Path, name: str) -> None:
    """Without it the checks or the papers could not be made: the scheme is refused, with the name."""
    assert f"缺参数“{name}”" in _changed(folder, name, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_of_another_kind_is_named(folder: Path, name: str) -> None:
    """A day where a number, a text or a list is asked for."""
    said = _changed(folder, name, f"  {name}: {{值: 2020-01-01}}\n")
    assert f"参数“{name}”应是" in said
