"""A form made from what the bureau's workbook says of a candidacy, or an empty one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pbreports.cadre.career import text_of
from pbreports.cadre.comparing import Difference, Side, compare
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.elements import ELEMENTS, FAMILY, PHOTO, Form, Shape
from pbreports.cadre.lrmx import read_lrmx, write_lrmx
from pbreports.cadre.rewriting import Change
from pbreports.cadre.roster import (
    MOST_RELATIVES,
    career_of,
    grades_text,
    relatives_of,
    revised_texts,
    spelt,
    told,
)

_VERSION = "3.2.1.6"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who hands a form in: 呈报单位, 填表人, 填表时间 (``None``: the day that ages are computed at)."""

    unit: str = ""
    person: str = ""
    filled: date | None = None


def blank_form(revised_2025: bool = False, file: str = "空白.lrmx") -> Form:  # noqa: FBT001, FBT002 - which of two forms
    """Return an empty form, UTF-8 with Windows line ends, with the two elements of 2025 or without."""
    names = [one.name for one in ELEMENTS if revised_2025 or not one.revised]
    rows = [f"  <{name}>{_VERSION if name == 'Version' else ''}</{name}>" for name in names]
    text = "\r\n".join(['<?xml version="1.0" encoding="utf-8"?>', "<Person>", *rows, "</Person>", ""])
    return read_lrmx(text.encode(), file)


def form_of(
    dossier: Dossier,
    *,
    day: date,
    photo: bytes | None = None,
    revised_2025: bool = False,
    based_on: Form | None = None,
    origin: Origin | None = None,
) -> Form:
    """Return the form of a candidacy as the workbook tells it; ``source`` is the ``.lrmx`` to write.

    ``day`` is that on which ages are computed. With a form to base it on, only what the workbook says otherwise is
    changed: what it says in other spelling, does not say, or does not know stays as the form has it. Relatives beyond
    the tenth are left out (``roster.unplaced_relatives`` tells who).
    """
    who = origin or Origin()
    texts = _texts(dossier)
    if based_on:
        texts = _only(texts, compare(dossier, based_on))
    if revised_2025:
        texts |= revised_texts(dossier)
    stamps = {
        "ChengBaoDanWei": who.unit,
        "TianBiaoRen": who.person,
        "JiSuanNianLingShiJian": f"{day:%Y%m%d}",
        "TianBiaoShiJian": f"{who.filled or day:%Y%m%d}",
        PHOTO: photo,
    }
    file = f"{dossier.code}_{spelt(dossier.get('姓名'), Shape.NAME)}.lrmx"
    base = based_on or blank_form(revised_2025, file)
    return read_lrmx(write_lrmx(base, texts | {name: value for name, value in stamps.items() if value}), base.file)


def _texts(dossier: Dossier) -> dict[str, Change]:
    own: dict[str, Change] = {one.name: told(dossier, one.field, one.shape) for one in ELEMENTS if one.field}
    return own | {
        "JianLi": text_of(line for _, line in career_of(dossier)),
        "JiangChengQingKuang": own["JiangChengQingKuang"] or "无",
        "NianDuKaoHeJieGuo": grades_text(dossier),
        FAMILY: tuple(relative for _, relative in relatives_of(dossier)[:MOST_RELATIVES]),
    }


def _only(texts: Mapping[str, Change], differences: Iterable[Difference]) -> dict[str, Change]:
    """Return the texts of those elements of which the workbook says more or other than the form."""
    differing = {one.element for one in differences if one.side is not Side.ROSTER_LACKS}
    return {name: change for name, change in texts.items() if name in differing}
