"""The format profile: every parameter of GB/T 9704-2012, and what a bureau lays down itself."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from pbreports.scheme.profile import (
    FormatProfileError,
    Strength,
    Unit,
    conventions,
    load_profile,
    read_profile,
)

PROFILE = load_profile()
SHIPPED = files("pbreports.scheme").joinpath("gbt9704.yaml").read_text(encoding="utf-8")

# Values of the standard by clause and strength, as they are cited; a slip of the pen in the file would go unnoticed.
STANDARD = [
    ("page_width", 210, "5.1", Strength.MUST),
    ("page_height", 297, "5.1", Strength.MUST),
    ("top_white", 37, "5.2.1", Strength.MUST),
    ("left_white", 28, "5.2.1", Strength.MUST),
    ("area_width", 156, "5.2.1", Strength.MUST),
    ("area_height", 225, "5.2.1", Strength.MUST),
    ("body_font", "仿宋", "5.2.2", Strength.NORMALLY),
    ("body_size", 16, "5.2.2", Strength.NORMALLY),
    ("lines_per_side", 22, "5.2.3", Strength.NORMALLY),
    ("chars_per_line", 28, "5.2.3", Strength.NORMALLY),
    ("copy_number_digits", 6, "7.2.1", Strength.NORMALLY),
    ("secrecy_font", "黑体", "7.2.2", Strength.NORMALLY),
    ("mark_font", "小标宋", "7.2.4", Strength.RECOMMENDED),
    ("mark_top", 35, "7.2.4", Strength.MUST),
    ("number_lines_below_mark", 2, "7.2.5", Strength.MUST),
    ("number_left_upward", 1, "7.2.5", Strength.MUST),
    ("issuer_font", "楷体", "7.2.6", Strength.MUST),
    ("issuer_right", 1, "7.2.6", Strength.MUST),
    ("red_rule_below_number", 4, "7.2.7", Strength.MUST),
    ("red_rule_width", 156, "7.2.7", Strength.MUST),
    ("title_size", 22, "7.3.1", Strength.NORMALLY),
    ("title_lines_below_rule", 2, "7.3.1", Strength.MUST),
    ("addressee_lines_below_title", 1, "7.3.2", Strength.MUST),
    ("first_line_indent", 2, "7.3.3", Strength.MUST),
    ("heading_1_font", "黑体", "7.3.3", Strength.NORMALLY),
    ("heading_2_font", "楷体", "7.3.3", Strength.NORMALLY),
    ("annex_note_indent", 2, "7.3.4", Strength.MUST),
    ("sealed_date_right", 4, "7.3.5.1", Strength.NORMALLY),
    ("unsealed_organ_right", 2, "7.3.5.2", Strength.MUST),
    ("stamp_right", 4, "7.3.5.3", Strength.MUST),
    ("annex_title_line", 3, "7.3.7", Strength.MUST),
    ("imprint_thick", 0.35, "7.4.1", Strength.RECOMMENDED),
    ("imprint_thin", 0.25, "7.4.1", Strength.RECOMMENDED),
    ("imprint_size", 14, "7.4.2", Strength.NORMALLY),
    ("page_number_below", 7, "7.5", Strength.NORMALLY),
    ("page_number_size", 14, "7.5", Strength.NORMALLY),
    ("letter_mark_top", 30, "10.1", Strength.MUST),
    ("letter_rule_width", 170, "10.1", Strength.MUST),
    ("letter_rule_above_edge", 20, "10.1", Strength.MUST),
    ("order_mark_top", 20, "10.2", Strength.MUST),
    ("minutes_mark_top", 35, "10.3", Strength.MUST),
    ("present_label_font", "黑体", "10.3", Strength.MUST),
]

# What people take for the standard's and is nowhere in it.
NOT_IN_IT = (
    "line_pitch",
    "char_spacing",
    "digit_font",
    "mark_size",
    "red_rule_thickness",
    "title_pitch",
    "table_font",
    "bold",
)


@pytest.mark.parametrize(("name", "value", "clause", "strength"), STANDARD)
def test_a_value_of_the_standard_stands_with_clause_and_strength(
    name: str, value: float | str, clause: str, strength: Strength
) -> None:
    """Each as the standard has it."""
    found = PROFILE[name]
    assert (found.value, found.clause, found.strength) == (value, clause, strength)


@pytest.mark.parametrize("name", NOT_IN_IT)
def test_practice_is_not_called_the_standards(name: str) -> None:
    """28 points, bold headings, the size of the mark: none of it has a clause."""
    assert (PROFILE[name].clause, PROFILE[name].strength) == ("", Strength.PRACTICE)


def test_names_and_keys_are_unique_and_patterns_compile() -> None:
    """A bureau says values by name; two of one name could not be told apart."""
    names = [one.name for one in PROFILE.parameters.values()]
    declared = [entry.code for entries in read_profile(SHIPPED, "表").parameters.values() for entry in entries]
    assert len(set(names)) == len(names) == len(set(declared)) == len(declared)
    for one in PROFILE.parameters.values():
        if one.unit is Unit.PATTERN:
            re.compile(str(one.value))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (
            "number_pattern",
            "任教党发〔2026〕5号",
            ["任教党发[2026]5号", "任教党发〔2026〕05号", "任教党发〔2026〕第5号"],
        ),
        ("date_pattern", "2026年7月1日", ["2026年07月01日", "二〇二六年七月一日", "26年7月1日"]),
        ("secrecy_pattern", "秘密★1年", ["秘密1年", "密★1年", "秘密★01年"]),
        ("page_number_pattern", "— 12 —", ["- 12 -", "12", "— 02 —"]),
        ("heading_3_pattern", "1. 事项", ["1、事项", "（1）事项"]),
        ("annex_label_pattern", "附件2", ["附件二", "附件：2", "附件02"]),
        ("printed_pattern", "2026年7月2日印发", ["2026年07月02日印发", "2026年7月2日"]),
    ],
)
def test_patterns_know_right_from_wrong(name: str, right: str, wrong: list[str]) -> None:
    """What the standard writes is matched, its common slips are not."""
    pattern = re.compile(PROFILE.text(name))
    assert pattern.search(right)
    assert [each for each in wrong if pattern.search(each)] == []


def test_conventions_change_margins_and_pitch_alone() -> None:
    """Whatever the convention, the standard's own values stay."""
    assert conventions() == {"measured": "补偿", "literal": "照写"}
    literal = load_profile("照写")
    assert literal == load_profile("literal")
    changed = {key for key, one in PROFILE.parameters.items() if literal[key] != one}
    assert changed == {"margin_top", "margin_bottom", "line_pitch"}
    with pytest.raises(KeyError):
        load_profile("别的")


def test_fonts_are_known_by_their_class() -> None:
    """The standard names classes; whichever product of one is used is right."""
    assert PROFILE.text("body_font") == "仿宋_GB2312"
    assert {"仿宋", "FangSong"} <= set(PROFILE.fonts("body_font"))
    assert PROFILE.class_of("fangsong_gb2312") == "仿宋"
    assert PROFILE.class_of("Comic Sans") == ""
    assert (PROFILE.size_name(16), PROFILE.size_name(17)) == ("3号", "17磅")


def test_a_measure_allows_its_tolerance() -> None:
    """37 ± 1 mm."""
    assert PROFILE["top_white"].allows(36)
    assert PROFILE["top_white"].allows(38)
    assert not PROFILE["top_white"].allows(38.01)
    with pytest.raises(KeyError):
        PROFILE["body_font"].allows(1)


def own(tmp_path: Path, text: str) -> Path:
    """Write the bureau's own file."""
    path = tmp_path / "公文格式.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_bureau_lays_down_values_by_name(tmp_path: Path) -> None:
    """Only what is named changes, and it is known to be the bureau's own."""
    path = own(
        tmp_path, "页边距写法: 照写\n行距: 28\n正文字体: 仿宋\n标题字体: 文星小标宋\n字体: {仿宋: [方正仿宋_GBK]}\n"
    )
    profile = load_profile("", path)
    assert (profile.convention, profile.pt("line_pitch"), profile.mm("margin_top")) == ("literal", 28, 37)
    assert profile["line_pitch"].own
    assert not profile["body_font"].own
    assert profile.text("body_font") == "方正仿宋_GBK"
    assert profile.fonts("title_font") == ("文星小标宋",)
    assert {key for key, one in profile.parameters.items() if one.own} == {"line_pitch", "title_font"}


def test_a_convention_asked_for_goes_before_the_files(tmp_path: Path) -> None:
    """Both conventions can be built whatever the file names."""
    assert load_profile("measured", own(tmp_path, "页边距写法: 照写\n")).mm("margin_top") == 34.58


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("纸宽：210\n", "公文格式.yaml 第1行"),
        ("行距: 28\n正文字形: 仿宋\n", "第2行：没有“正文字形”这个参数，是不是“正文字"),
        ("行距: 二十八\n", "第1行：“二十八”不是数"),
        ("行距: [28]\n", "第1行：这里应是一个值"),
        ("发文字号写法: '[号'\n", "第1行：“发文字号写法”的值“[号”不是正则表达式"),
        ("# 注\n页边距写法: 左右\n", "第2行：没有“左右”这种页边距写法"),
        ("字体:\n  隶书: [隶书]\n", "第2行：没有“隶书”这一类字体"),
        ("左页边距: 40\n", "第1行：纸宽减去左右页边距是144毫米，与版心宽156毫米对不上"),
        ("行距: 40\n", "第1行：22行、行距40磅，上下页边距之间排不下"),
        ("行距: 28\n行距: 29\n", "第2行：“行距”写了两次"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    """Where, what, and how to mend it."""
    with pytest.raises(FormatProfileError) as raised:
        load_profile("", own(tmp_path, text))
    assert told in str(raised.value)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    """Missing, or in another encoding."""
    with pytest.raises(FormatProfileError, match="打不开"):
        load_profile("", tmp_path / "没有.yaml")
    path = tmp_path / "公文格式.yaml"
    path.write_bytes("行距: 28".encode("gbk"))
    with pytest.raises(FormatProfileError, match="UTF-8"):
        load_profile("", path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("值: 297", "值: 甲", "“纸高”的值“甲”不是数"),
        ("条款: 5.1, 力度: 规定", "力度: 规定", "“纸宽”的条款和力度对不上"),
        ("力度: 规定", "力度: 必须", "不认识“必须”"),
    ],
)
def test_a_slip_in_a_whole_profile_is_named(old: str, new: str, told: str) -> None:
    """The shipped file is read as strictly as a bureau's."""
    with pytest.raises(FormatProfileError) as raised:
        read_profile(SHIPPED.replace(old, new, 1), "自定.yaml")
    assert told in str(raised.value)
    assert "自定.yaml 第" in str(raised.value)
