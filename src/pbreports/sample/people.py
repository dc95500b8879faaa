"""Invented people: names that no two of the district share, identity numbers of a region that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pbreports.values import YearMonth

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FIRST = "嘉宏志建国永春秋文德光庆振思亦书景瑞立云仲敬学维守承兆启传培若清雅静淑慧秀玉月"
MEN = "军强伟磊涛斌峰鹏刚毅勇辉超波凯栋林森海洋东亮明利民生祥福顺平"
WOMEN = "芳娟丽敏静燕霞玲娜艳红英梅萍莉兰洁倩颖婷琳雪莹蓉妍菲薇欣怡岚"

REGION = "379999"
"""An administrative code of 山东 that names no place, so that the numbers belong to nobody."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    name: str
    sex: str
    ethnicity: str
    born: YearMonth


class People:
    """Invents people one after the other; no name comes twice."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._taken: set[str] = set()

    def invent(self, first_year: int, last_year: int, sex: str = "") -> Person:
        """Return somebody born in one of the years from first to last."""
        sex = sex or self._dice.choice("男女女")
        born = YearMonth(self._dice.randint(first_year, last_year), self._dice.randint(1, 12))
        ethnicity = self._dice.choices(("汉族", "回族", "满族"), (96, 3, 1))[0]
        return Person(self._name(sex), sex, ethnicity, born)

    def _name(self, sex: str) -> str:
        while True:
            first = self._dice.choice(FIRST)
            last = self._dice.choice(MEN if sex == "男" else WOMEN)
            name = self._dice.choice(SURNAMES) + first + last
            if first != last and len(set(name)) == 3 and name not in self._taken:
                self._taken.add(name)
                return name


def identity_number(person: Person, day: int, sequence: int) -> str:
    """Return an identity number with its check digit (GB 11643-1999); the last of the sequence tells the sex."""
    order = sequence * 2 + (person.sex == "男")
    body = f"{REGION}{person.born.year:04d}{person.born.month:02d}{day:02d}{order:03d}"
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
