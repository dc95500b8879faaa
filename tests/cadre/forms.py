"""Forms for tests: documents as different programs write them, all people invented."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from hypothesis import strategies as st

from pbreports.cadre.elements import ELEMENTS, FAMILY, ITEM, PHOTO, RELATIVE_ELEMENTS, Relative

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")

TEXTS = {
    "XingMing": "张三",
    "XingBie": "男",
    "ChuShengNianYue": "197506",
    "MinZu": "汉族",
    "RuDangShiJian": "199907",
    "CanJiaGongZuoShiJian": "199607",
    "JianLi": "1993.09--1996.07  某师范学校学习\n1996.07--         某小学教师",
    "ShenFenZheng": "11010519491231002X",
    "Version": "3.2.1.6",
}
FATHER = Relative("父亲", "张大", "194903", "群众", "已去世")
WIFE = Relative("妻子", "李四", "197608", "中共党员", "某小学教师")


def item(row: Relative, gap: str = "\n") -> str:
    """Return a relative's element."""
    fields = "".join(f"{gap}      <{name}>{getattr(row, field)}</{name}>" for field, name in RELATIVE_ELEMENTS.items())
    return f"{gap}    <{ITEM}>{fields}{gap}    </{ITEM}>"


def lrmx(
    texts: dict[str, str] | None = None, relatives: tuple[Relative, ...] = (), *, end: str = "\n", tail: str = ""
) -> str:
    """Return a form's document as the editor lays it out, blanks filled with a line and spaces."""
    given = TEXTS | (texts or {})
    rows = ['<?xml version="1.0" encoding="utf-8"?>', "<Person>"]
    for one in ELEMENTS:
        if one.revised and one.name not in given:
            continue
        if one.name == FAMILY:
            rows.append(f"  <{FAMILY}>" + "".join(item(row) for row in relatives) + f"\n  </{FAMILY}>")
        else:
            rows.append(f"  <{one.name}>{given.get(one.name, chr(10) + '  ')}</{one.name}>")
    return "\n".join([*rows, *([tail] if tail else []), "</Person>"]).replace("\n", end)


def photographed(picture: bytes = JPEG) -> dict[str, str]:
    """Return the text of a photo's element."""
    return {PHOTO: base64.b64encode(picture).decode()}


@dataclass(frozen=True)
class Written:
    """A document as some program may have written it: its bytes, and the parts that it was made from."""

    data: bytes
    parts: tuple[tuple[str, str], ...]


_WORDS = st.text("张王李某小学校长教师、，（）·中0123456789 .-ab&<", max_size=12)
_SPACE = st.sampled_from(["", "\n", "\n  ", "\r\n    ", "\n\t"])
_NAMES = [one.name for one in ELEMENTS if one.name not in {FAMILY, PHOTO}]
_STRANGE = st.sampled_from(
    [
        ("", "<!-- 备注 <b> -->"),
        ("", '<ZhengZhiMianMao a="1 > 0">中共党员</ZhengZhiMianMao>'),
        ("", "<X:Wei xmlns:X='urn:x'><Nei>内</Nei><Nei/></X:Wei>"),
        ("", "<?editor keep?>"),
        ("", "<KuoZhan></KuoZhan>"),
    ]
)


def escaped(text: str) -> str:
    """Return a text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def element(draw: st.DrawFn, name: str) -> tuple[str, str]:
    """Return an element in one of the ways in which it may be written, under its name."""
    text = draw(_WORDS)
    attribute = draw(st.sampled_from(["", ' a="1"', " b='x>y'"]))
    inner = draw(
        st.sampled_from(
            [escaped(text), f"\r\n  {escaped(text)}\r\n", f"<![CDATA[{text}]]>", "", "\n   ", "甲&#xD;\n乙", "甲\n乙"]
        )
    )
    if not inner and draw(st.booleans()):
        return name, f"<{name}{attribute} />"
    return name, f"<{name}{attribute}>{inner}</{name} >"


@st.composite
def documents(draw: st.DrawFn) -> Written:
    """Return a document: elements in any order and number, foreign ones, any line ends, marks and encodings."""
    names = draw(st.lists(st.sampled_from(_NAMES), unique=True, max_size=10))
    parts = [draw(element(name)) for name in names]
    relatives = draw(st.lists(st.sampled_from([FATHER, WIFE, Relative()]), max_size=3))
    if draw(st.booleans()):
        parts.append((FAMILY, f"<{FAMILY}>" + "".join(item(row) for row in relatives) + f"\n</{FAMILY}>"))
    if draw(st.booleans()):
        front = draw(st.sampled_from(["", "data:image/jpeg;base64,", "\r\n"]))
        parts.append((PHOTO, f"<{PHOTO}>{front}{photographed()[PHOTO]}</{PHOTO}>"))
    parts += draw(st.lists(_STRANGE, max_size=3))
    parts = draw(st.permutations(parts))
    spaces = [draw(_SPACE) for _ in parts]
    body = "".join(space + text for space, (_, text) in zip(spaces, parts, strict=True))
    root = draw(st.sampled_from(["Person", 'Person xmlns:xsi="urn:i" xsi:a="b"', 'Person xmlns="urn:form"']))
    declared, codec, mark = draw(
        st.sampled_from(
            [
                ("utf-8", "utf-8", b""),
                ("UTF-8", "utf-8", b"\xef\xbb\xbf"),
                ("gb2312", "gbk", b""),
                ("GBK", "gbk", b""),
                ("gb18030", "gb18030", b""),
                ("utf-16", "utf-16-le", b"\xff\xfe"),
                ("", "utf-8", b""),
            ]
        )
    )
    head = f'<?xml version="1.0" encoding="{declared}"?>{draw(_SPACE)}' if declared else ""
    end = draw(_SPACE)
    return Written(mark + f"{head}<{root}>{body}\r\n</Person>{end}".encode(codec), tuple(parts))
