"""The paper that all engines fill: an inspection record, written once and told to each engine in its own tags.

A field stands in its texts as ``«name»``, a column of the list whose row is repeated as ``«.name»``, and a sign that
stands there only where a column is true as ``«.name?√»``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]
FIELD = re.compile(r"«(\.?)(\w+)(?:\?([^»]+))?»")
ROWS = 15


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a heading is bold."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A paragraph that stands there only where a fact is true."""

    fact: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows, and behind them, if there is a list, one that is repeated for each of its items."""

    rows: tuple[tuple[str, ...], ...]
    items: str = ""
    repeated: tuple[str, ...] = ()


Block = Paragraph | Condition | Table

HEADER = "«school»党组织考察材料"
FOOTER = "«district» · 第«number»号"

_POINTS = (
    "组织设置规范，班子配备齐全，按期换届",
    "“三会一课”制度落实，记录完整",
    "主题党日每月开展，党员参加率达到要求",
    "组织生活会和民主评议党员质量较高",
    "发展党员程序严格，档案材料齐全",
    "党费收缴及时，使用公开",
    "党建工作与教育教学深度融合",
    "师德师风建设常抓不懈",
    "意识形态工作责任制落实到位",
    "党务公开及时，群众知晓",
    "群团工作有人抓、有计划、有活动",
    "党员先锋岗、责任区作用明显",
    "活动阵地建设达到“六有”标准",
    "党建经费保障到位",
    "支部工作有特色、有亮点、可推广",
)
_FACTS = (
    ("党员总数", "正式党员", "预备党员", "入党积极分子"),
    ("女党员", "少数民族党员", "在职教师党员", "退休党员"),
    ("本科以上学历", "高级职称", "三十五岁及以下", "五十五岁以上"),
    ("党小组", "支部委员", "党课次数", "主题党日次数"),
    ("发展党员", "转入组织关系", "转出组织关系", "表彰优秀党员"),
)


def _form() -> Table:
    """Return a form of fixed rows: a name and a number each, three columns of pairs."""
    rows: list[tuple[str, ...]] = [("项目", "本年", "项目", "本年", "项目", "本年")]
    named = [f"{name}{part}" for part in ("", "（上年）", "（增减）") for names in _FACTS for name in names]
    pairs = [(name, f"«figure{number}»") for number, name in enumerate(named)]
    return Table((*rows, *(sum(pairs[at : at + 3], ()) for at in range(0, 3 * ROWS, 3))))


def _assessment() -> Table:
    """Return a form of fixed rows: what is looked at, its weight, what was reached, and a remark."""
    rows = ((f"{at + 1}", point, "10", f"«score{at}»", f"«remark{at}»") for at, point in enumerate(_POINTS))
    return Table((("序号", "考察内容", "分值", "得分", "说明"), *rows))


PAPER: tuple[Block, ...] = (
    Paragraph("关于«school»党组织的考察材料", heading=True),
    Paragraph("根据«district»教育工委的安排，考察组于«visited»对«school»党组织进行了考察，现将有关情况报告如下。"),
    Paragraph("一、基本情况", heading=True),
    Paragraph("«school»现有教职工«staff»人，其中党员«members»人；党组织书记«secretary»，«gender»，«age»岁，«post»。"),
    Condition("flagship", Paragraph("该党组织«year»年被评为“五星”党组织，曾在«honour»作经验交流。")),
    Condition("ordinary", Paragraph("该党组织«year»年参加了星级评定，结果为«stars»。")),
    _form(),
    Paragraph("二、考察评分", heading=True),
    Paragraph("考察组查阅资料«files»份，个别谈话«talks»人次，按百分制评分，得分«total»分，等次为«grade»。"),
    _assessment(),
    Paragraph("三、谈话情况", heading=True),
    Table(
        (("姓名", "职务", "党龄", "谈话要点", "同意推荐"),),
        "interviews",
        ("«.name»", "«.post»", "«.years»", "«.said»", "«.agreed?√»"),
    ),
    Paragraph("四、问题和整改", heading=True),
    Condition("found", Paragraph("考察中发现的问题及整改情况如下，整改由«supervisor»督办，«deadline»前完成。")),
    Table((("序号", "问题", "责任人", "时限"),), "problems", ("«.number»", "«.what»", "«.who»", "«.until»")),
    Paragraph("五、考察结论", heading=True),
    Paragraph("经考察组集体研究，«school»党组织«conclusion»，建议«advice»。"),
    Paragraph("考察组组长：«leader»　　成员：«party»"),
    Paragraph("«signed»"),
)

_FAMILY, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", ("明", "晓燕", "建国", "丽", "志强", "文静", "海", "秀英", "磊")


def _person(number: int) -> str:
    return _FAMILY[number * 7 % len(_FAMILY)] + _GIVEN[number * 5 % len(_GIVEN)]


def facts(number: int) -> Facts:
    """Return what the paper of a number says; everyone and everything in it is invented."""
    flagship, found = number % 3 == 0, ROWS - number % 4
    return {
        "school": f"清河区第{number}实验学校",
        "district": "清河区",
        "number": f"{number:04d}",
        "visited": f"2020年11月{number % 28 + 1}日",
        "staff": str(40 + number % 90),
        "members": str(10 + number % 40),
        "secretary": _person(number),
        "gender": "女" if number % 2 else "男",
        "age": str(35 + number % 25),
        "post": "党支部书记、校长" if number % 4 else "党总支书记",
        "year": "2020",
        "flagship": flagship,
        "ordinary": not flagship,
        "found": True,
        "honour": "全区教育系统党建工作会议",
        "stars": "四星" if number % 2 else "三星",
        "files": str(20 + number % 17),
        "talks": str(ROWS),
        "total": str(80 + number % 20),
        "grade": "优秀" if number % 20 >= 10 else "良好",
        "supervisor": _person(number + 1),
        "deadline": "2021年3月31日",
        "conclusion": "战斗堡垒作用发挥较好 & 群众满意",
        "advice": "继续保持，补齐短板",
        "leader": _person(number + 2),
        "party": "、".join(_person(number + other) for other in range(3, 7)),
        "signed": "2020年12月31日",
        **{f"figure{at}": str((number * 31 + at * 17) % 200) for at in range(3 * ROWS)},
        **{f"score{at}": str(6 + (number + at) % 5) for at in range(ROWS)},
        **{f"remark{at}": ("资料齐全" if (number + at) % 3 else "个别记录不规范，已要求补正") for at in range(ROWS)},
        "interviews": [_interview(number, at) for at in range(ROWS)],
        "problems": [_problem(number, at) for at in range(found)],
    }


def _interview(number: int, at: int) -> dict[str, Any]:
    return {
        "name": _person(number + at),
        "post": ("班主任", "教研组长", "年级主任", "教导主任")[at % 4],
        "years": str(1 + (number + at) % 30),
        "said": f"支部工作扎实，第{at + 1}次组织生活会能够开展批评与自我批评，<建议>多办实事",
        "agreed": (number + at) % 5 != 0,
    }


def _problem(number: int, at: int) -> dict[str, Any]:
    return {
        "number": str(at + 1),
        "what": f"{_POINTS[(number + at) % len(_POINTS)]}方面仍有薄弱环节",
        "who": _person(number + at + 3),
        "until": f"2021年{at % 3 + 1}月底前",
    }


def texts(given: Facts) -> tuple[str, ...]:
    """Return the texts of the filled paper's paragraphs, header and footer first: what every engine must have made."""
    return (_filled(HEADER, given), _filled(FOOTER, given), *(text for block in PAPER for text in _said(block, given)))


def _said(block: Block, given: Facts) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield _filled(text, given)
        case Condition(fact, Paragraph(text)):
            if given[fact]:
                yield _filled(text, given)
        case Table(rows, items, repeated):
            yield from (_filled(cell, given) for row in rows for cell in row)
            yield from (_filled(cell, item) for item in given.get(items, ()) for cell in repeated)


def _filled(text: str, given: Facts) -> str:
    def value(found: re.Match[str]) -> str:
        return (found[3] if given[found[2]] else "") if found[3] else str(given[found[2]])

    return FIELD.sub(value, text)
