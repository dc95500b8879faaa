"""What the sample district's year comes to: the only place where its counts and public names stand.

Counts, school names and brands are those a newspaper printed about the district's party building in 2020;
everything else is invented. The figures are not given to the program: they must come out of the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

YEAR = 2020


@dataclass(frozen=True, slots=True)
class Stars:
    """How many branches end with each star, how many places for five were shared out, and how plaques moved."""

    five: int = 38
    four: int = 72
    three: int = 33
    two: int = 6
    one: int = 2
    places: int = 45
    five_last_year: int = 33
    plaques_withdrawn: int = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """The counts of the year."""

    rated: int = 151
    branches_reelected: int = 67
    elections_extended: int = 2
    young_backbone_admitted: int = 52
    others_admitted: int = 20
    municipal_named: tuple[int, int, int] = (9, 12, 11)
    district_named: tuple[int, int, int] = (6, 5, 5)
    municipal_before: int = 5
    district_before: int = 2
    observed: int = 10
    on_route: int = 3
    speakers: int = 3
    appointed: int = 14
    not_appointed: int = 4
    late: int = 4
    advanced: int = 14
    advanced_places: int = 15
    members: int = 40
    member_places: int = 60
    workers: int = 25
    worker_places: int = 40
    stars: Stars = Stars()


PLAN = Plan()

ISSUED = date(YEAR, 12, 7)
DEADLINE = date(YEAR, 12, 21)
SECOND_DEADLINE = date(YEAR, 12, 25)

ROUND_DAYS = ((date(YEAR, 6, 15), date(YEAR, 7, 3)), (date(YEAR, 11, 23), date(YEAR, 12, 4)))
"""From when to when the groups assessed in each round."""

MEETING_OF_COMMITTEE, MEETING_OF_GROUP = "区委教育工委会议", "党建工作领导小组会议"
SETTLED_ON = date(YEAR, 12, 7)
ASKED_ON = date(YEAR, 12, 8)
OPINION_ON = date(YEAR, 12, 11)
REVIEWED_ON = date(YEAR, 12, 14)
SHOWN_FROM, SHOWN_UNTIL = date(YEAR, 12, 15), date(YEAR, 12, 21)
APPROVED_ON = date(YEAR, 12, 23)
DECIDED_ON = date(YEAR, 12, 24)
"""The way to a commendation once the rounds are over: ties settled, opinion asked for, opinion given, reviewed by a
meeting, made public, approved by the next one, decided."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand of the public record: whose it is, its name as written there, and what it was honoured with."""

    school: str
    name: str
    honour: str = ""


BRANDS = (
    Brand("东门大街小学", "党旗映彩虹　师生共成长", "市级"),
    Brand("永丰街中心小学", "礼仪花开党旗红", "市级"),
    Brand("兴东小学", "党旗引领成长　匠心铸就幸福", "市级"),
    Brand("和平街小学", "筑坚强堡垒　树先锋形象", "市级"),
    Brand("运河实验小学", "争做先锋　传承文化", "市级"),
    Brand("区教体局机关", "党建领航·立德树人", "区级"),
    Brand("十三中", "德心育桃李·卓越党旗红"),
    Brand("南池小学", "社区共建　廉开南池"),
    Brand("文昌阁小学", "让优秀传统文化在党旗下弘扬"),
)

CUT_AT, TIED_AT = "明德实验小学", "崇文初级中学"
"""The schools of three branches that all reach five stars, with two places: cut here, equal there."""

HONOURED_SCHOOL = "任城实验小学"
SECRETARY_PROJECT = "党建领航·立德树人"
MEETING = "教体系统全面从严治党暨基层党建工作观摩推进会议"
