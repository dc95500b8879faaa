"""Characters that cannot be seen, that look like others, or that the common typefaces lack."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff"
)
_STRANGE_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f"  # not the ideographic space, which people type
_STRANGE_BREAKS = "\r\u0085\u2028\u2029"
_COMPATIBLES = "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_BREAK = re.compile(f"\r\n?|[{_STRANGE_BREAKS}]")
_SPACE = re.compile(f"[{_STRANGE_SPACES}]")
_UNCLEAN = re.compile(f"[{_UNSEEN}{_STRANGE_SPACES}{_STRANGE_BREAKS}]")
_COMPATIBLE = re.compile(f"[{_COMPATIBLES}]")
# The radicals of simplified characters, which Unicode gives no decomposition (EquivalentUnifiedIdeograph.txt).
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # Cyrillic and Greek
        "ABESIJKMHOPCTXaeopcyxisjABEZHIKMNOPTYXo",
        strict=True,
    )
)
_HYPHENS = "‐‑‒–—―−﹣"
_CODE_CHARACTERS = _FULL_WIDTH | str.maketrans(_LETTERS) | str.maketrans(dict.fromkeys(_HYPHENS, "-"))
ODD_IN_LONG = re.compile(f"[{_UNSEEN}{_STRANGE_SPACES}{_STRANGE_BREAKS}{_COMPATIBLES}+#\ufffd锟烫]")
"""What a text must hold to be looked at more closely, spaces at its ends apart."""

ODD_IN_SHORT = re.compile(f"[{ODD_IN_LONG.pattern.strip('[]')}{_HYPHENS}'‘’ \u3000\t０-９Ａ-Ｚａ-ｚ\u0370-\u052f]")
"""The same for texts that may be codes or names."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")
_LETTER = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_LONG_DASH = re.compile("[–—―]")

_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without what cannot be seen and without space at its ends; its spaces and breaks the usual ones."""
    if text.isalnum() or not _UNCLEAN.search(text):
        return text.strip()
    return _SPACE.sub(" ", _BREAK.sub("\n", _INVISIBLE.sub("", text))).strip()


def key_of(text: str) -> str:
    """Return the form in which headers, titles and choices are compared: NFKC, no white space."""
    return "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", unified(text))).split())


def unified(text: str) -> str:
    """Return a text with radicals and compatibility ideographs, as PDF files give them, as the usual characters."""
    return _COMPATIBLE.sub(lambda found: _usual(found.group()), text)


def _usual(character: str) -> str:
    return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)


def half_width(text: str) -> str:
    """Return a text with full-width letters, digits and signs as those of ASCII."""
    return text.translate(_FULL_WIDTH)


def as_code(text: str) -> str:
    """Return a code in ASCII: full-width and look-alike letters, digits and hyphens replaced.

    A text is a code when it then holds nothing else; any other is returned as it is. A dash between numbers alone
    (2019—2020) is a dash.
    """
    code = text.translate(_CODE_CHARACTERS)
    if not _CODE.fullmatch(code) or (_LONG_DASH.search(text) and not _LETTER.search(text)):
        return text
    return code


def rare_in(text: str) -> str:
    """Return the Chinese characters that GB 2312 lacks and those of private use, in words; empty when there are none.

    The official typefaces (仿宋_GB2312 and 楷体_GB2312) have the characters of GB 2312-1980 alone.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return "、".join(dict.fromkeys(_named(one) for one in text if _is_rare(one)))
    return ""


def _is_rare(character: str) -> bool:
    if _PRIVATE.match(character):
        return True
    if not _HAN.match(character):
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"自造字{code}" if _PRIVATE.match(character) else f"“{character}”（{code}）"
