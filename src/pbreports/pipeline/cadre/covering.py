"""What findings quote of a cell, an identity number in it covered however it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from pbreports.cadre.identity import masked
from pbreports.scheme.cadres import IDENTITY
from pbreports.values import Finding

_BETWEEN = r"[\s'’‘`\"“”·.．,，–—-]{0,3}"
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{13,}}(?:{_BETWEEN}[xXｘＸ])?")
"""At least the 14 digits that tell region and day of birth, parted by whatever stands between digits in cells."""
_DAY = re.compile(r"(?:19|20)\d\d[-.]\d{1,2}[-.]")
"""How days in a row begin; no region's code does."""
_MISTYPED = "V-G05"
_REMEDY = "请只填18位号码，前后、中间都不留空格、撇号、横线和别的字；单元格设为文本。"


def covered(finding: Finding) -> Finding:
    """Return a finding without an identity number in its words; where one was mistyped, it says what to take out."""
    message = _cover(finding.message)
    if finding.code == _MISTYPED and finding.message.startswith(f"“{IDENTITY}”"):
        return replace(finding, message=message, remedy=_REMEDY)
    if message == finding.message and _cover(finding.remedy) == finding.remedy:
        return finding
    return replace(finding, message=message, remedy=_cover(finding.remedy))


def _cover(text: str) -> str:
    return _NUMBER.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    text = found.group()
    if _DAY.match(text):
        return text
    return masked("".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum()))
