"""The classes of type that the standard names, by the names of fonts: 仿宋, 楷体, 黑体, 宋体, 小标宋.

The standard names classes and no products, so every maker's font of a class will do. 华文中宋, 大标宋 and 微软雅黑 are of none.
"""

from __future__ import annotations

from functools import cache

from pbreports.scheme.profile import Profile

_CLASSES = (
    ("小标宋", ("小标宋", "xiaobiaosong", "简标宋")),
    ("", ("中宋", "zhongsong", "大标宋", "粗宋", "dabiaosong", "超粗", "雅黑", "yahei", "隶", "综艺", "琥珀", "圆")),
    ("仿宋", ("仿宋", "fangsong", "fandolfang")),
    ("楷体", ("楷", "kai")),
    ("黑体", ("黑", "hei", "sanscjk", "sourcehansans", "notosanssc")),
    ("宋体", ("宋", "song", "simsun", "serifcjk", "sourcehanserif", "notoserifsc", "明体", "mingliu")),
)
WESTERN = frozenset({"times new roman", "times", "liberation serif", "仿宋_gb2312", "仿宋", "fangsong"})
"""What letters and digits in text are commonly set in; the standard says nothing of them."""


@cache
def class_of(family: str) -> str:
    """Return the class a font is of by its name; the name itself when it is of none that the standard knows."""
    plain = family.casefold().replace(" ", "").replace("-", "").replace("_", "")
    for named, signs in _CLASSES:
        if any(sign in plain for sign in signs):
            return named or family
    return family


def is_of(font: str, key: str, profile: Profile) -> bool:
    """Whether a font is of the class a parameter asks for: by the profile's list, or by its name, which it need not know."""
    parameter = profile[key]
    named = profile.class_of(font)
    if named == parameter.value or font in profile.fonts(key):
        return True
    return not parameter.own and not named and class_of(font) == parameter.value


@cache
def is_common(sign: str) -> bool:
    """Whether a hanzi is of GB 2312, whose fonts hold no others; rarer ones have to be set in another font."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_hanzi(sign: str) -> bool:
    """Whether a sign is a hanzi, or punctuation that stands in a hanzi's width and nowhere else."""
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff" or sign in _SIGNS


_SIGNS = frozenset("，。、；：？！（）《》〈〉【】〔〕「」『』〇％＋－")
EITHER = frozenset("“”‘’—…·")
"""Signs that Word sets in the western font unless the run says that they are East Asian."""


def width_of(text: str) -> float:
    """Return the width of a text in hanzi: letters and digits take half of one."""
    return sum(0.5 if " " <= sign <= "\u02ff" else 1.0 for sign in text)
