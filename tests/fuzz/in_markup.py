"""Mutations of the XML inside a part, token by token and byte by byte, mostly of the parts that are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from fuzz.bases import Base
from fuzz.book import Book, some

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(r' [\w:]+="[^"]*"')
_NUMBER = re.compile(r"(?<=[\">A-Z])-?\d+(?:\.\d+)?(?=[\"<])")
_NUMBERS = (
    "0 1 2 -1 3 7 15 255 256 65536 2147483647 2147483648 -2147483648 4294967296 18446744073709551616 1e400 -1e400 1e-400"
    " 0.1 1.5 NaN INF 0x10 1_000 ١٢ １２ 1048576 1048577 16384 16385 007 +5 5. .5 5e0 99999999999999999999999999 1,5"
).split()
_JUNK = (
    "<c/>",
    "<row/>",
    "</row>",
    "<v>9</v>",
    "<f>1+1</f>",
    "<is><t>插</t></is>",
    "<!-- note -->",
    "<?pi data?>",
    "<![CDATA[5]]>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&#x1F600;",
    "&nbsp;",
    "&x;",
    "]]>",
    "<",
    ">",
    '"',
    "\0",
    "\ufeff",
    "\u200b",
    "文字",
    "<x:y/>",
    '<extLst><ext uri="{x}"/></extLst>',
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>',
)
_NAMESPACES = (
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/Main",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "urn:x",
    "",
)
_ENTITIES = (
    "<!DOCTYPE x>",
    '<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<?xml version="1.0" encoding="GBK"?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.0" standalone="yes"?>',
)
_DEEP = 1500  # libxml2, which the witness reads with, knows no more than 2048


def _part(random: Random, book: Book, base: Base) -> tuple[str, str]:
    """Return the name and text of a part."""
    others = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"]
    sheets = [*base.parts.values(), "xl/worksheets/sheet1.xml"]
    wanted = [random.choice(sheets), random.choice(sheets), random.choice(others), random.choice(book.names() or [""])]
    name = random.choice(wanted)
    return name, book.text(name)


def _tokens(random: Random, book: Book, base: Base) -> tuple[str, list[str], int]:
    """Return the name of a part, its tokens, and the place of one of them."""
    name, text = _part(random, book, base)
    tokens = _TOKEN.findall(text) or [""]
    return name, tokens, random.randrange(len(tokens))


def _on_tokens(change: Callable[[Random, list[str], int], None]) -> Callable[..., str]:
    def mutate(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
        name, tokens, place = _tokens(random, book, base)
        told = tokens[place][:60]
        change(random, tokens, place)
        book.write(name, "".join(tokens))
        return f"{name} token {place} {told}"

    return mutate


def _delete(_random: Random, tokens: list[str], place: int) -> None:
    del tokens[place]


def _double(_random: Random, tokens: list[str], place: int) -> None:
    tokens.insert(place, tokens[place])


def _exchange(random: Random, tokens: list[str], place: int) -> None:
    other = random.choice([random.randrange(len(tokens)), min(place + 1, len(tokens) - 1)])
    tokens[place], tokens[other] = tokens[other], tokens[place]


def _insert(random: Random, tokens: list[str], place: int) -> None:
    tokens.insert(place, random.choice(_JUNK))


def _delete_element(_random: Random, tokens: list[str], place: int) -> None:
    """Delete an element with all that is in it."""
    del tokens[place : _end_of(tokens, place)]


def _double_element(_random: Random, tokens: list[str], place: int) -> None:
    end = _end_of(tokens, place)
    tokens[end:end] = tokens[place:end]


def _wrap_element(random: Random, tokens: list[str], place: int) -> None:
    """Put an element into another one, which programs that do not know it pass over."""
    end = _end_of(tokens, place)
    around = random.choice(["sheetData", "x", "extLst", "row", "rPh", "is"])
    tokens[end:end] = [f"</{around}>"]
    tokens[place:place] = [f"<{around}>"]


def _end_of(tokens: Sequence[str], place: int) -> int:
    """Return where the element that begins at a place ends; a token that begins none is one by itself."""
    depth = 0
    for at in range(place, len(tokens)):
        token = tokens[at]
        if token.startswith("</"):
            depth -= 1
        elif token.startswith("<") and not token.endswith("/>") and not token.startswith(("<?", "<!")):
            depth += 1
        if depth <= 0:
            return at + 1
    return len(tokens)


def _attributes(random: Random, tokens: list[str], place: int) -> None:
    """Drop, double or exchange an attribute."""
    found = _ATTRIBUTE.findall(tokens[place])
    if not found:
        return
    one = random.choice(found)
    other = random.choice([*found, ' r="A1"', ' xml:space="default"', ' hidden="1"', ' t="s"'])
    tokens[place] = tokens[place].replace(one, random.choice(["", one + one, other, one + other]), 1)


def _number(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Write another number where one stands."""
    name, text = _part(random, book, base)
    found = list(_NUMBER.finditer(text))
    if not found:
        return "nothing"
    one, new = random.choice(found), random.choice(_NUMBERS)
    book.write(name, text[: one.start()] + new + text[one.end() :])
    return f"{name} at {one.start()}: {one.group()} to {new}"


def _namespace(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    name, text = _part(random, book, base)
    found = re.findall(r'xmlns(?::\w+)?="([^"]*)"', text)
    if not found:
        return "nothing"
    old, new = random.choice(found), random.choice(_NAMESPACES)
    book.write(name, text.replace(old, new, random.choice([1, -1])))
    return f"{name}: {old} to {new}"


def _declare(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    name, text = _part(random, book, base)
    added = random.choice(_ENTITIES)
    book.write(name, added + text)
    return f"{name}: {added}"


def _encode(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Write a part in another encoding."""
    name, text = _part(random, book, base)
    plain = re.sub(r"&#(\d{3,});", lambda found: chr(int(found[1])), text)
    encoding = random.choice(["utf-16", "gb18030", "utf-8-sig", "utf-32", "big5", "latin-1"])
    book.write(name, plain.encode(encoding, "replace"))
    return f"{name} as {encoding}"


def _bytes(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Change a few bytes of a part, whose checksum then is right all the same."""
    name, text = _part(random, book, base)
    data = text.encode("utf-8", "surrogateescape")
    start, end = some(random, data)
    new = random.choice([b"", random.randbytes(1), b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", data[end : end + 3]])
    book.write(name, data[:start] + new + data[end:])
    return f"{name} {start}:{end} to {new!r}"


def _truncate(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    name, text = _part(random, book, base)
    end = random.randrange(len(text) + 1)
    book.write(name, text[:end])
    return f"{name} at {end}"


def _deepen(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Put elements into one another, deeper than any program does."""
    name, tokens, place = _tokens(random, book, base)
    tokens.insert(place, "<x>" * _DEEP + "</x>" * _DEEP)
    book.write(name, "".join(tokens))
    return f"{name} token {place}"


MUTATORS: Mapping[str, Callable[[Random, Book, Base, Sequence[Base]], str]] = {
    "token.delete": _on_tokens(_delete),
    "token.double": _on_tokens(_double),
    "token.exchange": _on_tokens(_exchange),
    "token.insert": _on_tokens(_insert),
    "element.delete": _on_tokens(_delete_element),
    "element.double": _on_tokens(_double_element),
    "element.wrap": _on_tokens(_wrap_element),
    "attribute": _on_tokens(_attributes),
    "number": _number,
    "namespace": _namespace,
    "declare": _declare,
    "encode": _encode,
    "bytes": _bytes,
    "markup.truncate": _truncate,
    "deepen": _deepen,
}
