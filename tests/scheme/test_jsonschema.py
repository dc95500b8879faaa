"""The JSON Schema made from the model accepts the year's files and refuses what the loader refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from pbreports.scheme.jsonschema import json_schema
from tiny import SCHEME

YEAR = Path(__file__).resolve().parents[2] / "inputs" / "2020" / "方案"


class _PlainDates(yaml.SafeLoader):
    """Reads dates as text, as editors' YAML plug-ins do before they ask a schema."""


_PlainDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(text: str) -> list[str]:
    """Return what an editor would say about a scheme file."""
    document: Any = yaml.load(text, _PlainDates)  # noqa: S506  (a SafeLoader without dates)
    return [error.message for error in Draft202012Validator(json.loads(json_schema())).iter_errors(document)]


def test_the_schema_is_a_schema() -> None:
    """What is generated is itself valid, and the same every time."""
    Draft202012Validator.check_schema(json.loads(json_schema()))
    assert json_schema() == json_schema()


@pytest.mark.parametrize("path", sorted(YEAR.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_year_fits_the_schema(path: Path) -> None:
    """No file of the shipped year would be underlined in an editor."""
    assert faults(path.read_text(encoding="utf-8")) == []


def test_the_tiny_year_fits_the_schema() -> None:
    """Nor would the tiny year with every kind of field."""
    assert faults(SCHEME) == []


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("必填: true", "必添: true", "必添"),
        ("类型: 整数", "类型: 整书", "整书"),
        ("年度: 2031", "年度: 今年", "今年"),
        ("报表:", "报裱:", "报裱"),
        ("主键: [编码]", "主键: 编码", "编码"),
    ],
)
def test_a_slip_is_underlined(right: str, wrong: str, word: str) -> None:
    """A mistyped key, an unknown word and a value of another kind are refused by the schema too."""
    assert any(word in fault for fault in faults(SCHEME.replace(right, wrong, 1)))


def test_the_schema_beside_the_years_files_is_the_generated_one() -> None:
    """Editors check the shipped files against the schema of this program, and every file names it."""
    assert (YEAR / "方案.schema.json").read_text(encoding="utf-8") == json_schema()
    first_lines = {path.read_text(encoding="utf-8").splitlines()[0] for path in YEAR.glob("*.yaml")}
    assert first_lines == {"# yaml-language-server: $schema=方案.schema.json"}
