"""Nothing of the people inspected gets out of the inspection's folder: no file, no log, no ledger, no screen tells of it."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Sequence

import pytest
from openpyxl import load_workbook

from cadre.cabinet import Cabinet, changed, column, rows_of
from leaks import leaks
from pbreports.sample.rows import Sheets

ROWS = rows_of()
LOCKED = {"PBREPORTS_PASSWORD": "长城秋雨二〇二〇"}
_LINE = 16
"""Characters of a text from which finding it elsewhere is no accident."""


def numbers(rows: Sheets) -> set[str]:
    """Return the candidates' identity numbers."""
    return set(column(rows, "候选人", "身份证号"))


def families(rows: Sheets) -> set[str]:
    """Return the names of their relatives."""
    return set(column(rows, "家庭成员", "成员姓名"))


def people(rows: Sheets) -> set[str]:
    """Return the candidates' names: none of them stands in what schools or the rest of the bureau fill in."""
    return set(column(rows, "候选人", "姓名"))


def judgements(rows: Sheets) -> set[str]:
    """Return pieces of what the inspection group wrote, and of what was said in talks."""
    told = (*column(rows, "考察评语", "正文"), *column(rows, "谈话汇总", "主要评价要点"))
    clauses = (max(re.split("[，。；]", text), key=len) for text in told)
    return {clause[-_LINE:] for clause in clauses if len(clause) >= _LINE}


def secrets(rows: Sheets) -> set[str]:
    """Return all that must not get out."""
    return numbers(rows) | families(rows) | people(rows) | judgements(rows)


def found_outside(cabinet: Cabinet, wanted: set[str]) -> list[str]:
    """Return where any of it stands outside the inspection's folder: outputs, logs, ledger, what was printed."""
    workspace = cabinet.workspace
    return leaks(workspace.root, wanted, exclude=(workspace.private_outputs, workspace.inputs, workspace.templates))


MAIN = (
    ("rate",),
    ("status",),
    ("figures", "--json"),
    ("figures", "选拔任用交流干部数"),
    ("names", "--workbook"),
    ("lint", "templates/考察/考察材料.docx"),
    ("check", "inputs/2020/考察/干部考察.xlsx"),
)
CADRE = (
    ("check",),
    ("build",),
    ("build", "--draft"),
    ("build", "考察材料", "--candidate", "KC202012", "--encrypt"),
    ("build", "--candidate", "刘海燕"),
    ("status",),
    ("compare",),
    ("export",),
    ("summary",),
    ("purge", "--before", "2020-06-01", "--dry-run"),
    ("purge", "--before", "2030-06-01"),
)


def run_all(cabinet: Cabinet, commands: Sequence[tuple[str, ...]]) -> None:
    """Run commands and keep what they print; the one that names somebody is not asked to keep the name."""
    for place, arguments in enumerate(commands):
        told = [str(cabinet.root / one) if one.startswith(("inputs/", "templates/")) else one for one in arguments]
        result = cabinet.run(*told, env=LOCKED)
        cabinet.keep(f"{place}_{arguments[0]}", result)


def test_the_search_finds_what_there_is(district: Cabinet) -> None:
    """In the inputs of the inspection everything looked for is found: the search itself is not what finds nothing."""
    for some in (numbers(ROWS), families(ROWS), people(ROWS), judgements(ROWS)):
        assert some
        told = leaks(district.workspace.private_inputs, some)
        seen = {one.partition("：")[2].replace(" ", "") for one in told}
        assert seen >= {unicodedata.normalize("NFKC", one) for one in some}


def test_what_is_put_elsewhere_is_found(bureau: Cabinet) -> None:
    """A list beside the papers and a line in the journal are told: it would be seen if anything got out."""
    name, number = min(families(ROWS)), min(numbers(ROWS))
    (bureau.workspace.papers / "名单.txt").write_text(name, encoding="gb18030")
    with (bureau.workspace.journal / "运行.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(number)
    assert len(found_outside(bureau, {name, number})) == 2


def test_a_clean_year_lets_nothing_out(bureau: Cabinet) -> None:
    """After a run, rating, questions, tables of names and every command of the inspection."""
    run_all(bureau, [*MAIN, *(("cadre", *one) for one in CADRE)])
    assert found_outside(bureau, secrets(ROWS)) == []


# ---------------------------------------------------------------- mistakes are told without saying what stands there

KIN = sorted(families(ROWS))
MISTYPED = {
    "a wrong check digit": ("候选人", "KC202002", {"身份证号": "379999197612020033"}),
    "an identity number in a month": ("候选人", "KC202004", {"出生年月": "379999198507020022"}),
    "a relative in a month": ("候选人", "KC202006", {"任现职年月": f"同{KIN[0]}"}),
    "a relative in a choice": ("候选人", "KC202007", {"性别": KIN[1]}),
    "a candidate in a choice": ("年度考核", "KC202009", {"考核等次": "刘海燕优秀"}),
    "a candidate in a year": ("年度考核", "KC202010", {"考核年度": "周䶮"}),
    "a relative in a number": ("谈话汇总", "KC202011", {"谈话人数": f"{KIN[2]}等"}),
    "a number of a person in votes": ("民主推荐", "KC202012", {"推荐得票数": "379999198212010121"}),
    "a candidate in a day": ("审核记录", "KC202013", {"任职日期": "问萧桂芳"}),
    "a relative in a yes or no": ("简历", "KC202014", {"是否其间": KIN[3]}),
    "a code of nobody": ("家庭成员", "KC202016", {"候选人编号": KIN[4]}),
    "a code that is a number": ("考察评语", "KC202017", {"候选人编号": "379999198212010121"}),
    "a text too long": ("候选人", "KC202018", {"健康状况": "良好" + KIN[5] * 20}),
    "a relative of another name": ("家庭成员", "KC202003", {"成员姓名": KIN[8]}),
    "a relative of another kind": ("家庭成员", "KC202005", {"称谓": KIN[9]}),
    "somebody's school": ("候选人", "KC202020", {"学校代码": KIN[6]}),
}


def spoilt() -> Sheets:
    """Return the rows with all of these mistakes, and one relative and one candidate twice."""
    rows = ROWS
    for sheet, code, fields in MISTYPED.values():
        rows = changed(rows, sheet, code, **fields)
    return {
        **rows,
        "家庭成员": [*rows["家庭成员"], rows["家庭成员"][0]],
        "候选人": [*rows["候选人"], rows["候选人"][0]],
    }


def spoil_forms(cabinet: Cabinet) -> None:
    """Let forms bear another's number, be cut off, and be of somebody whom nobody knows."""
    forms = sorted((cabinet.workspace.private_inputs / "任免表").rglob("*.lrmx"))
    forms[0].write_bytes(forms[0].read_bytes().replace(b"379999", b"379998"))
    forms[1].write_bytes(forms[1].read_bytes()[:900])
    stranger = forms[2].read_bytes().replace(b"379999", b"379997")
    (cabinet.workspace.private_inputs / f"{KIN[7]}379997198212010121.lrmx").write_bytes(stranger)


def test_a_year_full_of_mistakes_lets_nothing_out(bureau: Cabinet) -> None:
    """Numbers, names and texts typed where they do not belong are told by place, never by what stands there."""
    bureau.put(spoilt())
    spoil_forms(bureau)
    run_all(bureau, [("collect",), ("build", "年度总结", "--draft"), *MAIN, *(("cadre", *one) for one in CADRE)])
    said = (bureau.root / "屏幕").glob("*_cadre.txt")
    assert any("错 V-G" in path.read_text(encoding="utf-8") for path in said)
    wanted = secrets(ROWS) | {"379999197612020033", "379999198507020022", "379997198212010121"}
    assert found_outside(bureau, wanted) == []


@pytest.mark.parametrize("fault", ["names of pages and columns", "not a workbook"])
def test_a_workbook_that_cannot_be_read_lets_nothing_out(bureau: Cabinet, fault: str) -> None:
    """A page called by a name, a header pasted over with one; a text file of names."""
    if fault == "not a workbook":
        bureau.book.write_text(f"{KIN[0]}，{KIN[1]}", encoding="utf-8")
    else:
        book = load_workbook(bureau.book)
        book["候选人"].title = KIN[0]
        book["年度考核"]["C3"].value = KIN[1]
        book.save(bureau.book)
    shutil.rmtree(bureau.workspace.papers)
    commands = [("figures", "选拔任用交流干部数"), ("cadre", "check"), ("cadre", "build"), ("cadre", "summary")]
    run_all(bureau, commands)
    assert found_outside(bureau, numbers(ROWS) | families(ROWS) | people(ROWS)) == []
