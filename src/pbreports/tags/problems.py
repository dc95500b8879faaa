"""What can be wrong with a template: places, problems, and the catalogue of their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pbreports.errors import TemplateError
from pbreports.values import Severity

LONGEST_SHOWN = 40
"""The most signs of a text that a message shows."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a template, as staff look for it.

    ``part`` is the story (empty for the body of a document, else 页眉, 脚注 …, or a workbook's sheet), ``heading`` the
    heading above it, ``spot`` the cell or paragraph (``第2个表格第3行第2列``, ``B7``), ``text`` what is written there.
    """

    part: str = ""
    heading: str = ""
    spot: str = ""
    text: str = ""

    def __str__(self) -> str:
        quoted = f"“{shortened(self.text)}”" if self.text.strip() else ""
        return " → ".join(part for part in (self.part, shortened(self.heading), self.spot, quoted) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a template: its code in the catalogue, its place, what is wrong and how to mend it."""

    code: str
    place: Place
    what: str
    remedy: str = ""

    @property
    def severity(self) -> Severity:
        """Return 错误 when the template cannot be filled, 警告 when it will look wrong, 提示 when it was read as meant."""
        return CATALOGUE[self.code][1]

    def __str__(self) -> str:
        where = str(self.place)
        said = f"{self.what}，{self.remedy}" if self.remedy else self.what
        return f"{where}：{said}" if where else said


UNPAIRED = "T-06"
"""The code of a tag whose partner is missing."""
CATALOGUE: dict[str, tuple[str, Severity]] = {
    "T-01": ("标签没有写完", Severity.ERROR),
    "T-02": ("括号中间有空格", Severity.ERROR),
    "T-03": ("多出来的右括号", Severity.WARNING),
    "T-04": ("全角符号", Severity.NOTICE),
    "T-05": ("标签写得不对", Severity.ERROR),
    "T-06": ("没有配对的标签", Severity.ERROR),
    "T-07": ("不认识的控制标签", Severity.ERROR),
    "T-08": ("没有这个名字", Severity.ERROR),
    "T-09": ("名单没有这一列", Severity.ERROR),
    "T-10": ("算不出来", Severity.ERROR),
    "T-11": ("不允许的写法", Severity.ERROR),
    "T-12": ("循环太多", Severity.ERROR),
    "T-20": ("标签不在表格里", Severity.ERROR),
    "T-21": ("标签旁边有别的内容", Severity.WARNING),
    "T-22": ("标签夹在内容中间", Severity.ERROR),
    "T-23": ("成对的标签不在同类位置", Severity.ERROR),
    "T-24": ("成对的标签跨了单元格", Severity.WARNING),
    "T-25": ("链接地址里有标签", Severity.WARNING),
    "T-40": ("一行里用了几个名单", Severity.ERROR),
    "T-41": ("循环块交错", Severity.ERROR),
    "T-42": ("名单不在行里", Severity.ERROR),
    "T-43": ("整个名单写在一格里", Severity.ERROR),
    "T-44": ("文字太长", Severity.ERROR),
    "T-45": ("公式里有标签", Severity.ERROR),
    "T-46": ("名称指的不是行", Severity.ERROR),
    "T-47": ("填好后少了东西", Severity.ERROR),
    "T-48": ("这里的标签不会填", Severity.WARNING),
}
"""The title and the severity of each code. Codes from T-20 are of Word templates, from T-40 of Excel templates."""


def refused(template: str, problems: Sequence[Problem]) -> TemplateError:
    """Return the error that names all problems of a template."""
    listed = [str(each) for each in problems]
    if len(listed) == 1:
        return TemplateError(f"模板 {template}", listed[0])
    numbered = "".join(f"\n  {number}. {each}" for number, each in enumerate(listed, 1))
    return TemplateError(f"模板 {template}", f"有{len(listed)}处要改：{numbered}")


def shortened(text: str, most: int = LONGEST_SHOWN) -> str:
    """Return the beginning of a text."""
    text = text.strip()
    return text if len(text) <= most else f"{text[:most]}…"
