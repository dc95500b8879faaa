"""Where organ and date of a paper stand at the right: the arithmetic of GB/T 9704-2012, 7.3.5, in characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pbreports.scheme.profile import Profile, load_profile
from pbreports.word.measuring.advances import advances

_USUAL_ORGAN = 13
"""How many characters an organ's name is taken to have where a tag stands for it: 中共…区委教育工作委员会."""
_DATES = {"落款日期": "落款", "署名日期": "署名"}
"""The styles of dates in the shipped templates, and those of the organs' names above them."""
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


@dataclass(frozen=True, slots=True)
class Signature:
    """How many characters stay free at the right of the organ's name and of the date."""

    organ: float
    date: float


@dataclass(frozen=True, slots=True)
class Placing:
    """The indents of organ and date in characters: that of an organ to be sealed, which is centred, is at its left."""

    organ: float
    date: float


def width_of(text: str) -> float:
    """Return the width of a text in characters: a hanzi is one, a digit half of one."""
    return sum(advances(sign)[0] for sign in text)


def sealed(organ: float, date: float, profile: Profile) -> Signature:
    """Return the place of a name and a date of so many characters, where a seal comes on them (7.3.5.1).

    The date stands four characters from the right, the name is centred on it; a name that would stand out is set flush
    right instead, and the date in its middle.
    """
    right = profile.chars("sealed_date_right")
    centred = right + (date - organ) / 2
    return Signature(centred, right) if centred >= 0 else Signature(0, (organ - date) / 2)


def unsealed(organ: float, date: float, profile: Profile) -> Signature:
    """Return the place of a name and a date of so many characters, where no seal comes on them (7.3.5.2).

    The name stands two characters from the right, the date begins two characters right of where the name does; where
    the date is longer, it is the date that stands two characters from the right.
    """
    shift = profile.chars("unsealed_date_shift")
    right = profile.chars("unsealed_organ_right")
    if organ >= date:
        return Signature(right, organ + right - shift - date)
    right = profile.chars("unsealed_date_right")
    return Signature(right + date - organ + shift, right)


def placed(organ: str, date: str, profile: Profile, *, is_sealed: bool) -> Placing:
    """Return the indents of a name and the date below it; what is filled in later counts as what it mostly is.

    A name to be sealed is centred in a strip whose middle is the date's, so that it stays there whoever rewrites it.
    """
    wide = _known_width(date, profile.chars("sealed_date_width"))
    place = (sealed if is_sealed else unsealed)(_known_width(organ, _USUAL_ORGAN), wide, profile)
    strip = 2 * place.date + wide
    return Placing(profile.chars("chars_per_line") - strip if is_sealed else place.organ, place.date)


def _known_width(text: str, usual: float) -> float:
    return usual if "{{" in text or "【待填" in text else width_of(text)


def with_places(markup: str) -> str:
    """Return the markup of a filled body, organ and date where their lengths put them.

    Only what stands in the shipped templates' styles is moved, and only where a template gave it indents of its own.
    """
    for style in _DATES:
        sign = f'<w:pStyle w:val="{style}"/>'
        at = markup.find(sign)
        while at >= 0:
            markup = _moved(markup, at, style)
            at = markup.find(sign, at + len(sign))
    return markup


def _moved(markup: str, at: int, style: str) -> str:
    """Return the markup with the date in whose properties a place is, and the name above it, where they belong."""
    date, organ = _paragraph_around(markup, at), None
    if date is not None:
        organ = _paragraph_around(markup, markup.rfind("</w:p>", 0, date[0]))
    if date is None or organ is None or f'<w:pStyle w:val="{_DATES[style]}"/>' not in markup[slice(*organ)]:
        return markup
    profile = load_profile()
    above, below = markup[slice(*organ)], markup[slice(*date)]
    is_sealed = style == "落款日期"
    place = placed(_text_of(above), _text_of(below), profile, is_sealed=is_sealed)
    char = profile.pt("char_pitch") * 20
    above = _indented(above, "left" if is_sealed else "right", place.organ * char)
    return (
        markup[: organ[0]]
        + above
        + markup[organ[1] : date[0]]
        + _indented(below, "right", place.date * char)
        + markup[date[1] :]
    )


def _paragraph_around(markup: str, at: int) -> tuple[int, int] | None:
    """Return where the paragraph begins and ends that a place is in."""
    begin = max(markup.rfind("<w:p>", 0, at), markup.rfind("<w:p ", 0, at))
    end = markup.find("</w:p>", at)
    return (begin, end + len("</w:p>")) if begin >= 0 and end >= 0 else None


def _text_of(paragraph: str) -> str:
    return "".join(_TEXT.findall(paragraph))


def _indented(paragraph: str, side: str, twips: float) -> str:
    """Return a paragraph with another indent at a side where it has one."""
    return re.sub(rf'(<w:ind [^>]*w:{side}=")-?\d+(")', rf"\g<1>{round(twips)}\2", paragraph, count=1)
