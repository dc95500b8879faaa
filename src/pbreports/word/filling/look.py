"""How formatted text looks: the properties that a value lays over those of its tag's run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypedDict

from pbreports.word.filling.fragments import attributes, properties, run_properties

_UNDERLINES = frozenset(
    "single words double thick dotted dottedHeavy dash dashedHeavy dashLong dashLongHeavy dotDash dashDotHeavy"
    " dotDotDash dashDotDotHeavy wave wavyHeavy wavyDouble none".split()
)
# ST_HighlightColor, ECMA-376 part 1, 17.18.40.
_COLORS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_EAST_ASIAN = ("zh", "ja", "ko")
_REGIONS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEMES = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}


class Wishes(TypedDict, total=False):
    """What a piece of text may wish for by name, as docxtpl calls it; what is not wished for stays as the tag has it.

    ``size`` counts half points, ``highlight`` is ``#RRGGBB`` or a colour's English name, ``font`` may name a region
    (``eastAsia:楷体``), ``underline`` a kind of line.
    """

    highlight: str | None
    size: int | str | None
    subscript: bool | None
    superscript: bool | None
    bold: bool
    italic: bool
    underline: bool | str
    strike: bool
    font: str | None
    rtl: bool
    lang: str | None


class Look(Wishes, total=False):
    """All wishes of a piece of text: also the id of a character style, and a colour."""

    style: str | None
    color: str | None


def overlaid(base: str, look: Look) -> str:
    """Return a ``w:rPr`` with the wishes laid over it.

    Raises:
        ValueError: when a colour, a size or a font's region is none.
    """
    replaced = {text[1:].split(maxsplit=1)[0].rstrip("/>"): text for text in _wished(look)}
    if font := look.get("font"):
        replaced["w:rFonts"] = _fonts(font, properties(base).get("w:rFonts", ""))
    return run_properties(base, replaced) if replaced else base


def overlaid_markup(base: str, over: str) -> str:
    """Return a ``w:rPr`` with another one laid over it; fonts that the other does not name stay."""
    replaced = dict(properties(over))
    if over_fonts := replaced.get("w:rFonts"):
        named = {name.removeprefix("w:"): value for name, value in attributes(over_fonts).items()}
        replaced["w:rFonts"] = _with_fonts(named, properties(base).get("w:rFonts", ""))
    if (shading := replaced.get("w:shd")) and "w:val=" not in shading:
        replaced["w:shd"] = shading.replace("<w:shd", '<w:shd w:val="clear"', 1)
    return run_properties(base, replaced)


def _wished(look: Look) -> Iterator[str]:
    """Yield the elements of all wishes but the font, which keeps part of what was there."""
    for name, value in look.items():
        if value and name in _ELEMENTS:
            yield from _ELEMENTS[name](value)
    if look.get("rtl"):
        yield from (f"<w:{twin}/>" for twin, wish in (("bCs", "bold"), ("iCs", "italic")) if look.get(wish))


def _sizes(size: object) -> Iterator[str]:
    if not str(size).isdecimal():
        raise ValueError(f"字号“{size}”不是数（以半磅计）")
    yield f'<w:sz w:val="{size}"/>'
    yield f'<w:szCs w:val="{size}"/>'


def _color(value: object) -> str:
    color = _COLORS.get(str(value), str(value).removeprefix("#"))
    if not _HEX.fullmatch(color):
        raise ValueError(f"颜色“{value}”写得不对，应写成 #RRGGBB")
    return color.upper()


def _underline(value: object) -> str:
    return str(value) if value in _UNDERLINES else "single"


def _language(value: object) -> Iterator[str]:
    tag = attribute(value)
    east = f' w:eastAsia="{tag}"' if tag.startswith(_EAST_ASIAN) else ""
    yield f'<w:lang w:val="{tag}"{east}/>'


_ELEMENTS: Mapping[str, Callable[[object], Iterator[str]]] = {
    "style": lambda value: iter([f'<w:rStyle w:val="{attribute(value)}"/>']),
    "color": lambda value: iter([f'<w:color w:val="{_color(value)}"/>']),
    "highlight": lambda value: iter([f'<w:shd w:val="clear" w:color="auto" w:fill="{_color(value)}"/>']),
    "size": _sizes,
    "subscript": lambda _: iter(['<w:vertAlign w:val="subscript"/>']),
    "superscript": lambda _: iter(['<w:vertAlign w:val="superscript"/>']),
    "bold": lambda _: iter(["<w:b/>"]),
    "italic": lambda _: iter(["<w:i/>"]),
    "underline": lambda value: iter([f'<w:u w:val="{_underline(value)}"/>']),
    "strike": lambda _: iter(["<w:strike/>"]),
    "rtl": lambda _: iter(["<w:rtl/>"]),
    "lang": _language,
}


def _fonts(font: str, present: str) -> str:
    """Return the fonts of a run with one replaced: for all scripts but the East Asian, and for a region if it is named."""
    region, _, name = font.rpartition(":")
    if region and region not in _REGIONS:
        raise ValueError(f"字体“{font}”的“{region}”不是文字的种类，可用的有：{'、'.join(_REGIONS)}")
    wanted = dict.fromkeys(("ascii", "hAnsi", "cs", *([region] if region else [])), attribute(name))
    return _with_fonts(wanted, present)


def _with_fonts(wanted: Mapping[str, str], present: str) -> str:
    """Return a ``w:rFonts`` with more fonts in it; a font of the theme, which would win, gives way."""
    kept = attributes(present) if present else {}
    for region in _REGIONS:
        if region in wanted:
            kept.pop(f"w:{_THEMES[region]}", None)
    kept |= {f"w:{name}": value for name, value in wanted.items()}
    written = " ".join(f'{name}="{value}"' for name, value in kept.items())
    return f"<w:rFonts {written}/>"


def attribute(value: object) -> str:
    """Return a value as it stands between the quotation marks of an attribute."""
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return "".join(sign for sign in text if sign >= " ")
