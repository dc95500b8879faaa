"""The names that a template needs are those that docxtpl tells, where docxtpl tells them."""

from __future__ import annotations

import io

import docxtpl
import pytest

from pbreports.word.template import compile_template
from word.oracle.case import Case
from word.oracle.test_oracle import CASES

OTHERS = {
    "全角花括号": "docxtpl sees no tag",
    "一段两个p标签": "docxtpl passes over the first of two tags",
    "一行两个标签": "docxtpl passes over the first of two tags",
    "底色在无属性的格": "docxtpl drops the ground",
    "删除的标签": "what a reviewer struck out needs no name",
    "删除的行": "what a reviewer struck out needs no name",
    "条件内赋值外泄": "docxtpl takes a name for unknown that only a choice sets",
}
SOME = [
    pytest.param(case, marks=() if number % 6 == 2 else pytest.mark.campaign, id=case.name)
    for number, case in enumerate(CASES)
    if case.name not in OTHERS
]


@pytest.mark.parametrize("case", SOME)
def test_the_names_are_docxtpls(case: Case) -> None:
    """Body, headers and footers need the same names from outside."""
    try:
        theirs = docxtpl.DocxTemplate(io.BytesIO(case.template)).get_undeclared_template_variables()
    except Exception:  # noqa: BLE001 - what docxtpl cannot read has no names there
        return
    found = compile_template(case.template, name=case.name).names()
    assert {use.name for place, use in found if place.part in {"", "页眉", "页脚"}} == theirs
