"""The candidates' appointment forms, as bureaus have them: each equal to the workbook, but not written alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from pbreports.cadre.dossier import Dossier, dossiers
from pbreports.cadre.elements import Form
from pbreports.cadre.form import Origin, form_of
from pbreports.sample.cadre_courses import BATCHES, Candidacy, candidacies
from pbreports.sample.cadre_photo import portrait
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.story import Story
from pbreports.values import Record
from pbreports.workspace import PRIVATE

FOLDER = f"{PRIVATE}/任免表"
_ORIGIN = Origin("中共任城区委教育工作委员会", "考察组")
_OLD, _NAMED, _REVISED, _UNPICTURED = 8, 14, 4, 10
"""The numbers of those whose form is a ``.lrm``, is called by the name alone, is that of 2025, has no photo."""


def form_files(story: Story, sheets: Sheets) -> dict[str, bytes]:
    """Return the forms of all candidacies by their path below the year's folder; ``sheets`` are the workbook's."""
    known = {one.code: one for one in candidacies(story)}
    found: dict[str, bytes] = {}
    for dossier in dossiers(records(sheets)):
        found |= _files(known[dossier.code], dossier)
    return found


def records(sheets: Sheets) -> dict[str, list[Record]]:
    """Return the rows of a workbook as records."""
    return {name: [Record(name, "", values, {}, "", "") for values in rows] for name, rows in sheets.items()}


def confirmations(found: Iterable[Candidacy]) -> Iterator[Row]:
    """Go through what the bureau confirms: whose the forms are that are called by a name alone."""
    for one in found:
        if one.number in (_OLD, _NAMED):
            yield row(任免表文件=_name(one), 候选人编号=one.code, 确认人=_ORIGIN.person)


def _name(one: Candidacy) -> str:
    if one.number == _OLD:
        return f"{one.person.name}.lrm"
    if one.number == _NAMED:
        return f"{one.person.name}.lrmx"
    return f"{one.person.name}{one.identity}.{'Lrmx' if one.number == 16 else 'lrmx'}"


def _files(one: Candidacy, dossier: Dossier) -> dict[str, bytes]:
    photo = None if one.number == _UNPICTURED else portrait(one.number)
    day = one.course.written
    form = _form(dossier, day, photo, revised=one.number == _REVISED)
    path = f"{FOLDER}/{BATCHES[one.batch]}/{_name(one)}"
    if one.number == _OLD:
        return {path: _old(form), f"{path.removesuffix('.lrm')}.pic": photo or b""}
    written = _WRITTEN.get(one.number)
    return {path: written(form.source) if written else form.source}


def _form(dossier: Dossier, day: date, photo: bytes | None, *, revised: bool) -> Form:
    return form_of(dossier, day=day, photo=photo, revised_2025=revised, origin=_ORIGIN)


# ---------------------------------------------------------------- how programs write them


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _marked(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def _padded(data: bytes) -> bytes:
    """Return a form whose empty elements hold a line break and blanks."""
    return re.sub(rb"<(\w+)></\1>", rb"<\1>\r\n    </\1>", data)


def _chinese(data: bytes) -> bytes:
    return data.decode().replace('encoding="utf-8"', 'encoding="gb2312"').encode("gbk")


def _enriched(data: bytes) -> bytes:
    """Return a form with an element that the standard does not know and rows kept ready for more relatives."""
    blank = b"<Item><ChengWei/><XingMing/><ChuShengRiQi/><ZhengZhiMianMao/><GongZuoDanWeiJiZhiWu/></Item>"
    ready = data.replace(b"</JiaTingChengYuan>", blank * 3 + b"</JiaTingChengYuan>")
    return ready.replace(b"</Person>", "<BeiZhu>第二批考察</BeiZhu></Person>".encode())


_WRITTEN: Mapping[int, Callable[[bytes], bytes]] = {
    1: _unix,
    2: _marked,
    3: _padded,
    13: _enriched,
    15: _chinese,
}
"""By number how a form departs from how the editor of the forms writes it."""

_SCHOOLING = (("XueLi", "XueWei"), ("XueLi_BiYeYuanXiaoXi", "XueWei_BiYeYuanXiaoXi"))
_BEFORE = (
    *("XingMing", "XingBie", "ChuShengNianYue", "MinZu", "JiGuan", "RuDangShiJian"),
    *("JianKangZhuangKuang", "ChuShengDi", "CanJiaGongZuoShiJian"),
)
_BETWEEN = ("ShuXiZhuanYeYouHeZhuanChang", "JianLi", "JiangChengQingKuang", "NianDuKaoHeJieGuo")
_AFTER = (
    *("XianRenZhiWu", "NiRenZhiWu", "NiMianZhiWu", "RenMianLiYou"),
    *("ChengBaoDanWei", "JiSuanNianLingShiJian", "TianBiaoRen", "TianBiaoShiJian"),
)


def _old(form: Form) -> bytes:
    """Return a form as its editor wrote it before 2014: 33 quoted fields in GBK, rows joined by ``@``."""
    schooling = (
        "@".join("#".join(form.get(f"{kind}_{name}") for name in names) for kind in ("QuanRiZhiJiaoYu", "ZaiZhiJiaoYu"))
        for names in _SCHOOLING
    )
    family = (
        "@".join(column)
        for column in zip(
            *((one.title, one.name, one.born, one.politics, one.post) for one in form.relatives), strict=True
        )
    )
    fields = (
        *map(form.get, _BEFORE),
        *schooling,
        form.get("ZhuanYeJiShuZhiWu"),
        *[""] * 4,
        *map(form.get, _BETWEEN),
        *family,
        *map(form.get, _AFTER),
    )
    return ",".join(f'"{field}"' for field in fields).replace("\n", "\r\n").encode("gb18030")
