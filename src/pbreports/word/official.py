"""The styles that official papers have besides: the red head, the place of the seal, lists of names, copies and print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pbreports.word.styles import ParagraphStyle, Rule, set_character_style, set_styles

if TYPE_CHECKING:
    from docx.document import Document

    from pbreports.scheme.profile import Profile

COPY_NUMBER, SECRECY, URGENCY = "份号", "密级", "紧急程度"
MARK, NUMBER, UPWARD_NUMBER, ISSUERS, JOINT = "版头", "发文字号", "上行文发文字号", "签发人", "联合版头"
LETTER_MARK, LETTER_RULE, LETTER_NUMBER, LETTER_FOOT = "函头", "函头线", "函号", "函脚线"
ADDRESSEES, NOTE, NAMES, REMARK, PRESENT = "主送", "题注", "名单", "附注", "出席"
SEALED, SEALED_DATE, UNSEALED_DATE, STAMP, STAMP_DATE = "落款", "落款日期", "署名日期", "签名章", "签章日期"
IMPRINT, FOOT = "版记", "版记后"
ISSUER_NAME, LABEL = "签发人姓名", "标注"
"""Styles of characters: the names of who has signed, and 出席 before the names of who was there."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the lines of text of a paper share: lengths in points."""

    font: str
    size: float
    digits: str
    spacing: int
    line: float
    char: float

    @classmethod
    def of(cls, profile: Profile) -> _Text:
        """Return the profile's text."""
        return cls(
            profile.text("body_font"),
            profile.pt("body_size"),
            profile.text("digit_font"),
            int(profile.number("char_spacing", "twip")),
            profile.pt("line_pitch"),
            profile.pt("char_pitch"),
        )

    def style(self, name: str, **changes: object) -> ParagraphStyle:
        """Return a style of such text."""
        made = {"pitch": self.line, "align": "left", **changes}
        return ParagraphStyle(name, self.font, self.size, self.digits, self.spacing, **made)  # type: ignore[arg-type]


def write_official_styles(document: Document, profile: Profile) -> None:
    """Add the styles that only official papers have to a document."""
    set_styles(document, official_styles(profile), profile.text("color"))
    set_character_style(document, ISSUER_NAME, profile.text("issuer_font"))
    set_character_style(document, LABEL, profile.text("present_label_font"))


def official_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles that only official papers have."""
    text = _Text.of(profile)
    yield from _marking_styles(profile, text)
    yield from _head_styles(profile, text)
    yield from _letter_styles(profile, text)
    yield from _text_styles(profile, text)
    yield from _signature_styles(profile, text)
    font, size, pitch = profile.text("imprint_font"), profile.pt("imprint_size"), profile.pt("imprint_pitch")
    # 抄送 wraps below the first name, behind the three signs of “抄送：” (7.4.2).
    side, label = profile.chars("imprint_side") * size, 3 * size
    yield ParagraphStyle(IMPRINT, font, size, pitch=pitch, align="left", left=side + label, hanging=label, right=side)
    yield ParagraphStyle(FOOT, font, 1, pitch=1, align="left")


def mark_space(profile: Profile, lines: int) -> float:
    """Return the white above the mark in points, when so many lines stand above it (7.2.4).

    The type area begins where the glyphs of the first line do; above it is what the margin leaves.
    """
    above = points(profile.mm("top_white") - profile.mm("margin_top") + profile.mm("mark_top"))
    return above - lines * profile.pt("line_pitch") - leading(profile.pt("mark_pitch"), profile.pt("mark_size"))


def leading(pitch: float, size: float) -> float:
    """Return how far below the edge of a line of exact pitch its glyphs begin: four fifths of what they do not take."""
    return (pitch - size) * 0.8


def points(millimetres: float) -> float:
    """Return millimetres as points."""
    return millimetres * 72 / 25.4


def _marking_styles(profile: Profile, text: _Text) -> Iterator[ParagraphStyle]:
    """Yield the styles of what stands at the top left (7.2.1 to 7.2.3)."""
    yield text.style(COPY_NUMBER)
    for name, font in ((SECRECY, profile.text("secrecy_font")), (URGENCY, profile.text("urgency_font"))):
        yield ParagraphStyle(name, font, text.size, "", text.spacing, text.line, align="left")


def _head_styles(profile: Profile, text: _Text) -> Iterator[ParagraphStyle]:
    """Yield the styles of the red head (7.2): the mark 35 mm below the type area's edge, number and rule."""
    mark, pitch, red = profile.pt("mark_size"), profile.pt("mark_pitch"), profile.text("mark_color")
    before = mark_space(profile, int(profile.number("lines_above_mark", "line")))
    after = profile.number("number_lines_below_mark", "line") * text.line
    font = profile.text("mark_font")
    yield ParagraphStyle(MARK, font, mark, pitch=pitch, align="center", before=before, after=after, color=red)
    yield ParagraphStyle(JOINT, font, mark, pitch=pitch, align="distribute", color=red)
    # Word measures from the line, the standard from the glyphs, which end above the line's lower edge.
    distance = points(profile.mm("red_rule_below_number")) - (text.line - text.size - leading(text.line, text.size))
    thickness = profile.pt("red_rule_thickness")
    rule = Rule("single", thickness, distance, profile.text("red_rule_color"))
    below = profile.number("title_lines_below_rule", "line") * text.line
    yield text.style(NUMBER, align="center", after=below, rule=rule)
    side = profile.chars("number_left_upward") * text.char
    end = (profile.chars("chars_per_line") - profile.chars("issuer_right")) * text.char
    yield text.style(UPWARD_NUMBER, first_line=side, right_tab=end, after=below, rule=rule)
    yield text.style(ISSUERS, first_line=side, right_tab=end)


def _letter_styles(profile: Profile, text: _Text) -> Iterator[ParagraphStyle]:
    """Yield the styles of a letter's head and foot (10.1): the organ's name, the double rules, the number."""
    red, thickness = profile.text("letter_rule_color"), profile.pt("letter_rule_thickness")
    mark, pitch = profile.pt("mark_size"), profile.pt("mark_pitch")
    font, color = profile.text("letter_mark_font"), profile.text("letter_mark_color")
    yield ParagraphStyle(LETTER_MARK, font, mark, pitch=pitch, align="center", color=color)
    top = Rule("thickThinSmallGap", thickness, 0, red)
    yield ParagraphStyle(LETTER_RULE, text.font, 1, pitch=1, rule=top)
    foot = Rule("thinThickSmallGap", thickness, 0, red)
    yield ParagraphStyle(LETTER_FOOT, text.font, 1, pitch=1, rule=foot)
    below = profile.number("letter_title_lines", "line") * text.line
    yield text.style(LETTER_NUMBER, align="right", after=below)


def _text_styles(profile: Profile, text: _Text) -> Iterator[ParagraphStyle]:
    """Yield the styles of the addressees (7.3.2), notes (7.3.6), who was there (10.3) and lists of names."""
    yield text.style(ADDRESSEES, align="both")
    yield text.style(REMARK, first_line=profile.chars("note_indent") * text.char)
    label = profile.chars("present_hanging") * text.char
    yield text.style(PRESENT, left=profile.chars("present_indent") * text.char + label, hanging=label)
    yield text.style(NOTE, align="center", after=text.line / 2)
    indent, column = profile.chars("list_indent") * text.char, profile.chars("list_second_column") * text.char
    yield text.style(NAMES, left=indent, tab=column)


def _signature_styles(profile: Profile, text: _Text) -> Iterator[ParagraphStyle]:
    """Yield the styles of organ and date (7.3.5); what each needs at its right stands in the paragraph itself."""
    date = profile.chars("sealed_date_right") * text.char
    strip = 2 * profile.chars("sealed_date_right") + profile.chars("sealed_date_width")
    left = (profile.chars("chars_per_line") - strip) * text.char
    yield text.style(SEALED, align="center", left=left, keep_next=True, keep_lines=True)
    yield text.style(SEALED_DATE, align="right", right=date, keep_lines=True)
    yield text.style(UNSEALED_DATE, align="right", right=profile.chars("unsealed_date_right") * text.char)
    stamp = profile.chars("stamp_right") + profile.chars("stamp_width") + profile.chars("stamp_post_gap")
    yield text.style(STAMP, align="right", right=stamp * text.char, keep_next=True)
    yield text.style(STAMP_DATE, align="right", right=profile.chars("stamp_date_right") * text.char)
