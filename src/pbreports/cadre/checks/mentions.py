"""Checks of what texts mention: other people, and posts and numbers that the rows tell otherwise.

All are warnings, and only of what can be recognised for certain: a text may speak of others for good reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pbreports.cadre.checks.setting import tell
from pbreports.cadre.checks.texts import Written, texts_of
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import POLLS, POST, RECOMMENDATIONS, TALKS
from pbreports.scheme.language.sound import COMPOUND_SURNAMES, SURNAMES
from pbreports.scheme.language.wording import as_text, normal
from pbreports.values import Finding, Record

_TITLES = "同志|老师|校长|书记|园长|主任|副校长|副书记"
_TITLED = re.compile(_TITLES)
_COMRADE = re.compile(
    rf"(?:^|(?<=[，。；：、！？“”（）\s]))((?:{'|'.join(COMPOUND_SURNAMES)}|[{SURNAMES}])[\u4e00-\u9fff]{{0,2}}?)同志(?!们)"
)
_NOBODY = ("严格", "严肃", "温暖", "管理", "马上", "路上", "左右", "祝", "段", "钟")
"""What may stand before 同志 and begins like a surname without being one."""

_Names = Mapping[str, Mapping[str, None]]
"""The names of a batch, each once, by their first two characters."""

# ---------------------------------------------------------------- other people


def check_other_people(people: Sequence[Dossier]) -> Iterator[Finding]:
    """Yield the texts that name another candidate of the batch, or a comrade of another surname."""
    by_batch: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for one in people:
        name = _plain(one)
        by_batch[one.batch][name[:2]].setdefault(name)
    for one in people:
        for written in texts_of(one):
            yield from _check_names(one, written, by_batch[one.batch])


def _check_names(one: Dossier, written: Written, names: _Names) -> Iterator[Finding]:
    own = _plain(one)
    others = list(dict.fromkeys(_others(own, written.text, names)))
    for other in others:
        yield tell("K-37", written.where, one, 列=written.label, 文字=other, 什么="，是同批的另一名人选")
    for found in _COMRADE.finditer(written.text):
        called = found.group(1)
        if called in others or called.startswith(_NOBODY) or own.startswith(called[0]):
            continue
        yield tell("K-37", written.where, one, 列=written.label, 文字=found.group(), 什么="，与本人不同姓")


def _plain(one: Dossier) -> str:
    return "".join(one.name.split())


def _others(own: str, text: str, names: _Names) -> Iterator[str]:
    """Go through the names of others in a text, the candidate's own apart; a short one counts only before a title."""
    bare = text.replace(own, "\n") if own else text
    for place in range(len(bare) - 1):
        for name in names.get(bare[place : place + 2], ()):
            behind = place + len(name)
            if bare.startswith(name, place) and (len(name) > 2 or _TITLED.match(bare, behind)):
                yield name


# ---------------------------------------------------------------- posts and numbers

_POSTS = (
    (POST, re.compile(r"拟任(?:职务)?(?:为|是|[:：])?(?P<post>[^，。；：,;\n“”]{4,60})")),
    ("现任职务", re.compile(r"现任(?:职务)?(?:为|是|[:：])?(?P<post>[^，。；：,;\n“”]{4,60})")),
)
_IS_POST = re.compile(r"(?:长|书记|主任|主席|委员|教师|干事|[科办职]员)$")
_AFTER_POST = re.compile(r"(?:期间|以来|以后|后|时|一职|职务|人选|的|（|\().*$")

_COUNTED: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = (
    (re.compile(r"推荐[^。；\n]{0,60}?得(?:票|推荐票)?\s*(\d+)\s*[票张]"), ((RECOMMENDATIONS, "推荐得票数"),)),
    (
        re.compile(r"发(?:出|放)(?:[^，。；\d]{0,8})?票\s*(\d+)\s*张"),
        ((RECOMMENDATIONS, "推荐发票数"), (POLLS, "测评发票数")),
    ),
    (
        re.compile(r"收回(?:[^，。；\d有效]{0,8})?票?\s*(\d+)\s*张"),
        ((RECOMMENDATIONS, "推荐收票数"), (POLLS, "测评收票数")),
    ),
    (re.compile(r"(?:个别|共|共计|合计)谈话\s*(\d+)\s*人"), ((TALKS, "谈话人数"), (RECOMMENDATIONS, "推荐实到人数"))),
)


def check_consistency(one: Dossier) -> Iterator[Finding]:
    """Yield the posts and numbers in texts that the candidate's rows tell otherwise."""
    for written in texts_of(one):
        yield from _check_posts(one, written)
        yield from _check_numbers(one, written)


def _check_posts(one: Dossier, written: Written) -> Iterator[Finding]:
    for field, pattern in _POSTS:
        given = one.text(field)
        for found in pattern.finditer(written.text) if given else ():
            said = _AFTER_POST.sub("", found["post"]).strip()
            if _IS_POST.search(said) and not _alike(said, given):
                words = {"列": written.label, "文字": found.group(), "字段": field, "表中": f"“{given}”"}
                yield tell("K-38", written.where, one, **words)


def _alike(said: str, given: str) -> bool:
    ours, theirs = normal(said), normal(given)
    return ours in theirs or theirs in ours


def _check_numbers(one: Dossier, written: Written) -> Iterator[Finding]:
    for pattern, places in _COUNTED:
        known = [value for sheet, name in places for row in one.of(sheet) if (value := _number(row, name)) is not None]
        for found in pattern.finditer(written.text) if known else ():
            if Decimal(found.group(1)) not in known:
                fields = "”“".join(dict.fromkeys(name for _, name in places))
                told = "、".join(dict.fromkeys(map(as_text, known)))
                words = {"列": written.label, "文字": found.group(), "字段": fields, "表中": told}
                yield tell("K-38", written.where, one, **words)


def _number(row: Record, name: str) -> Decimal | None:
    value = row.get(name)
    return value if isinstance(value, Decimal) else None
