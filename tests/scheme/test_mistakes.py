"""Every mistake in a scheme is named with its file, its line and a remedy, all of them in one load."""

from __future__ import annotations

from pathlib import Path

import pytest

from pbreports.errors import SchemeError
from pbreports.scheme import Scheme, load_scheme
from scheme.faulty import HEADING, HEADINGS, RULES, SHEET, SHEETS
from tiny import SCHEME


def load(folder: Path, **files: str | bytes) -> Scheme:
    """Return the scheme of a folder that holds these files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_scheme(folder)


def problems(folder: Path, **files: str | bytes) -> list[str]:
    """Return what loading these files says, a sentence a mistake."""
    with pytest.raises(SchemeError) as caught:
        load(folder, **files)
    return [str(one) for one in caught.value.problems]


def expected(file: str, text: str) -> list[tuple[str, list[str]]]:
    """Return for each mark in a faulty scheme the place and the words that must be said."""
    return [
        (f"{file}.yaml 第{number}行：", words.split())
        for number, line in enumerate(text.splitlines(), 1)
        for words in line.split("#!")[1:]
    ]


def check(said: list[str], wanted: list[tuple[str, list[str]]]) -> None:
    """Fail unless each mark has its sentence and each sentence its mark."""
    left = list(said)
    for place, words in wanted:
        found = [one for one in left if one.startswith(place) and all(word in one for word in words)]
        assert found, f"{place}{words} not among\n" + "\n".join(left)
        left.remove(found[0])
    assert left == []


@pytest.mark.parametrize("case", SHEETS)
def test_mistakes_in_what_is_asked(tmp_path: Path, case: str) -> None:
    """Sheets, fields, choices, presets, constants: each faulty line has its sentence, no other line has one."""
    check(problems(tmp_path, 方案=HEADING, 报表=SHEETS[case]), expected("报表", SHEETS[case]))


@pytest.mark.parametrize("case", RULES)
def test_mistakes_in_what_is_right_and_counted(tmp_path: Path, case: str) -> None:
    """Rules, figures, lists and papers: each faulty line has its sentence, no other line has one."""
    check(problems(tmp_path, 方案=HEADING, 报表=SHEET, 规则=RULES[case]), expected("规则", RULES[case]))


@pytest.mark.parametrize("case", HEADINGS)
def test_mistakes_in_the_heading(tmp_path: Path, case: str) -> None:
    """Periods, roster and links: each faulty line has its sentence, no other line has one."""
    check(problems(tmp_path, 方案=HEADINGS[case]), expected("方案", HEADINGS[case]))


def test_the_sound_parts_are_sound(tmp_path: Path) -> None:
    """What the faulty cases stand on holds no mistake itself."""
    assert list(load(tmp_path, 方案=HEADING, 报表=SHEET).sheets) == ["活动", "单位", "小组"]


def test_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    """A slip in one file does not hide those in the others, whatever their kind."""
    sheets, rules = SHEET.replace("类型: 整数}", "类型: 整数, 必添: true}"), RULES["aggregates"]
    said = problems(tmp_path, 方案=HEADING.replace("馆, 站", "馆, 站]"), 报表=sheets, 规则=rules)
    assert [one.split()[0] for one in said] == ["报表.yaml", "方案.yaml"]
    said = problems(tmp_path, 方案=HEADING, 报表=sheets, 规则=rules)
    assert [one.split()[0] for one in said] == ["报表.yaml"] + ["规则.yaml"] * 4


def test_the_whole_is_one_message_that_counts_them(tmp_path: Path) -> None:
    """What is printed says how many mistakes there are and then each in a line of its own."""
    with pytest.raises(SchemeError) as caught:
        load(tmp_path, 方案=HEADING, 报表=SHEET, 规则=RULES["aggregates"])
    lines = str(caught.value).splitlines()
    assert lines[0] == "方案：有4处错误，请逐条改正后重试。"
    assert len(lines) == 5
    assert all(line.endswith("。") for line in lines)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("方案:\n  名称: [甲\n", 3),
        ("方案:\n\t名称: 甲\n", 2),
        ("方案: {名称: 甲\n年度: 1}}\n", 2),
        ('方案:\n  名称: "甲\n', 3),
        ("方案:\n  说明: {甲}≠{乙}\n", 2),
        ("方案:\n  说明: 甲: 乙\n", 2),
        ("方案: 1\n---\n方案: 2\n", 2),
        ("方案: 1\n名称: \x07\n", 2),
    ],
)
def test_broken_yaml_is_named_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    """Brackets, quotes, tabs, colons and braces out of place: one sentence with the line, no second for what is lost."""
    (said,) = problems(tmp_path, 方案=text)
    assert said.startswith(f"方案.yaml 第{line}行：YAML 写法有误，请检查缩进")


def test_files_that_are_not_utf8(tmp_path: Path) -> None:
    """Each file saved in another encoding is named with the line where it starts to differ."""
    said = problems(tmp_path, 方案=HEADING, 报表="# abc\n名称: 活动\n".encode("gbk"), 规则="规则: 一".encode("utf-16"))
    assert [one.partition("，")[0] for one in said] == [
        "报表.yaml 第2行：不是 UTF-8 编码",
        "规则.yaml 第1行：不是 UTF-8 编码",
    ]


def test_a_mark_at_the_start_and_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    """A file from Notepad (with a mark, lines ending in CR LF) gives the same scheme with the same digest."""
    plain = load(tmp_path, 方案=HEADING, 报表=SHEET)
    windows = load(tmp_path, 方案="\ufeff".encode() + HEADING.replace("\n", "\r\n").encode(), 报表=SHEET)
    assert windows.digest == plain.digest
    assert load(tmp_path, 报表=SHEET + "# 改\n").digest != plain.digest


@pytest.mark.parametrize("name", ["", "没有"])
def test_a_folder_without_a_scheme(tmp_path: Path, name: str) -> None:
    """An empty folder, or none, says where the scheme should be and how to get one."""
    folder = tmp_path / name
    with pytest.raises(SchemeError, match="没有方案文件，请先运行 pbreports init") as caught:
        load_scheme(folder)
    assert str(folder) in str(caught.value)


def test_a_file_with_another_ending_is_not_passed_over_silently(tmp_path: Path) -> None:
    """Rules in a .yml would not be read; the file is named."""
    (tmp_path / "规则.yml").write_text("规则: []", encoding="utf-8")
    (said,) = problems(tmp_path, 方案=HEADING, 报表=SHEET)
    assert said == "规则.yml 第1行：扩展名是 .yml，不会被读取，请改成 .yaml。"


def test_a_heading_is_needed_once(tmp_path: Path) -> None:
    """None is a mistake, and so is a second; the second is named where it stands, with all other mistakes."""
    (said,) = problems(tmp_path, 报表=SHEET)
    assert "没有“方案”一节" in said
    twice = problems(tmp_path, 方案=HEADING, 另一=HEADING.split("局端:")[0], 报表=SHEET, 规则=RULES["aggregates"])
    assert sum("写了不止一次" in one for one in twice) == 1
    assert len(twice) == 5


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("选项", "选项:\n  甲: [1]\n"),
        ("参数", "参数:\n  甲: {值: 1}\n"),
        ("口径", "口径:\n  甲: {选项: [乙], 默认: 乙}\n"),
    ],
)
def test_what_two_files_declare_is_named(tmp_path: Path, word: str, text: str) -> None:
    """A set of choices, a parameter or a switch of the same name in two files does not quietly win."""
    said = problems(tmp_path, 方案=HEADING, 报表=SHEET, 甲=text, 乙="\n" + text)
    assert said == [f"甲.yaml 第2行：{word}“甲”重复声明，请改名或删去一个。"]  # 乙 sorts before 甲


def test_a_whole_small_year_loads(tmp_path: Path) -> None:
    """Every kind of field, lay-out, preset and rule of the tiny year is accepted."""
    scheme = load(tmp_path, 方案=SCHEME)
    assert scheme.year == 2031
    assert [sheet.title for sheet in scheme.sheets_for("站", "上半年")] == ["00_封面", "01_一行一条", "02_一列一条"]


def test_the_same_files_are_the_same_scheme(tmp_path: Path) -> None:
    """Loaded again, unchanged files give the very same scheme; one changed letter, or another file name, another."""
    first = load(tmp_path / "甲", 方案=SCHEME)
    assert load(tmp_path / "乙", 方案=SCHEME) is first
    changed = load(tmp_path / "乙", 方案=SCHEME.replace("值: 3", "值: 4"))
    assert (first.parameters["达标次数"].value, changed.parameters["达标次数"].value) == (3, 4)
    renamed = load(tmp_path / "丙", 另名=SCHEME)
    assert renamed.heading.place.file == "另名.yaml"


def test_a_mistake_is_told_each_time(tmp_path: Path) -> None:
    """A scheme that was refused is refused again, and is right once it is mended."""
    wrong = SCHEME.replace("类型: 长文本", "类型: 长长文本")
    assert problems(tmp_path, 方案=wrong) == problems(tmp_path, 方案=wrong) != []
    assert load(tmp_path, 方案=SCHEME).year == 2031
