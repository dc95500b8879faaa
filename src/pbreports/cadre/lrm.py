"""Reading ``.lrm``, the form's file before ``.lrmx``: 33 quoted fields in GBK, the photo in a ``.pic`` beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from pbreports.cadre.elements import FAMILY, PHOTO, Form, FormError, Relative
from pbreports.cadre.form import blank_form
from pbreports.cadre.lrmx import read_lrmx, write_lrmx
from pbreports.cadre.rewriting import Change
from pbreports.cadre.spans import MOST_BYTES, MOST_TEXT

FIELDS = 33
_MOST_FIELDS = 3 * FIELDS
_PLACES = {
    0: "XingMing",
    1: "XingBie",
    2: "ChuShengNianYue",
    3: "MinZu",
    4: "JiGuan",
    5: "RuDangShiJian",
    6: "JianKangZhuangKuang",
    7: "ChuShengDi",
    8: "CanJiaGongZuoShiJian",
    11: "ZhuanYeJiShuZhiWu",
    16: "ShuXiZhuanYeYouHeZhuanChang",
    17: "JianLi",
    18: "JiangChengQingKuang",
    19: "NianDuKaoHeJieGuo",
    25: "XianRenZhiWu",
    26: "NiRenZhiWu",
    27: "NiMianZhiWu",
    28: "RenMianLiYou",
    29: "ChengBaoDanWei",
    30: "JiSuanNianLingShiJian",
    31: "TianBiaoRen",
    32: "TianBiaoShiJian",
}
_UNKNOWN = "ShenFenZheng"
"""What only the newer file has: left out of the values, so that nobody is told it were blank."""
_SCHOOLING, _SCHOOLS, _RELATIVES = 9, 10, slice(20, 25)
_BETWEEN = re.compile(r"\"\s*,\s*\"")


def read_lrm(data: bytes, file: str, photo: bytes | None = None) -> Form:
    """Return the form that an old file holds, with the photo of its ``.pic``; ``source`` is the same form as ``.lrmx``.

    The old form has no identity number. Fields that it has no name for stay in ``others`` as 字段13 and so on.

    Raises:
        FormError: it is too large, not GBK, or has not the fields of the form.
    """
    if len(data) + len(photo or b"") > MOST_BYTES:
        raise FormError(file, "文件太大，不像任免审批表", "请核对文件")
    fields = _fields(_text(data, file), file)
    changes: dict[str, Change] = {name: fields[place] for place, name in _PLACES.items()}
    changes |= _schooling(fields[_SCHOOLING], "XueLi", "XueWei")
    changes |= _schooling(fields[_SCHOOLS], "XueLi_BiYeYuanXiaoXi", "XueWei_BiYeYuanXiaoXi")
    changes |= {FAMILY: _relatives(fields[_RELATIVES]), PHOTO: photo}
    others = {f"字段{place + 1}": fields[place] for place in _unnamed(len(fields)) if fields[place]}
    form = read_lrmx(write_lrmx(blank_form(file=file), changes), file)
    values = {name: text for name, text in form.values.items() if name != _UNKNOWN}
    return Form(file, values, form.relatives, form.photo, others=others, source=form.source)


def _text(data: bytes, file: str) -> str:
    codec = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    try:
        return data.decode(codec)
    except UnicodeError:
        raise FormError(file, "内容不是 GBK 文字，不像旧版任免表", "请用任免表编辑器打开，另存为 .lrmx") from None


def _fields(text: str, file: str) -> list[str]:
    bare = text.strip(" \t\r\n\x00\x1a")  # some writers end as DOS did
    fields = _BETWEEN.split(bare[1:-1], _MOST_FIELDS) if bare[:1] == bare[-1:] == '"' else []
    if len(fields) < FIELDS:
        raise FormError(
            file, f"不是旧版任免表（应有{FIELDS}项，读到{len(fields)}项）", "请用任免表编辑器打开，另存为 .lrmx"
        )
    if max(map(len, fields)) > MOST_TEXT:
        raise FormError(file, "有一项太长，不像任免审批表", "请核对文件")
    return [field.replace('""', '"').strip() for field in fields]


def _unnamed(count: int) -> list[int]:
    return [
        place
        for place in range(count)
        if place not in _PLACES and not _SCHOOLING <= place <= 10 and not 20 <= place <= 24
    ]


def _schooling(field: str, first: str, second: str) -> Mapping[str, Change]:
    """Return 学历#学位@在职学历#在职学位, or their schools, by element."""
    kinds = ("QuanRiZhiJiaoYu", "ZaiZhiJiaoYu")
    given = [part.split("#", 1) for part in field.split("@", 1)]
    return {
        f"{kind}_{name}": text.strip()
        for kind, parts in zip(kinds, given, strict=False)
        for name, text in zip((first, second), parts, strict=False)
    }


def _relatives(columns: Sequence[str]) -> tuple[Relative, ...]:
    rows = zip_longest(*(column.split("@") for column in columns), fillvalue="")
    relatives = (Relative(*(text.strip() for text in row)) for row in rows)
    return tuple(row for row in relatives if not row.is_blank())
