"""Mutations of the parts as wholes: lost, doubled, exchanged, called otherwise, taken from another school's workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from fuzz.bases import Base
from fuzz.book import Book

_STRANGE = (
    "xl/vbaProject.bin",
    "xl/externalLinks/externalLink1.xml",
    "xl/embeddings/oleObject1.bin",
    "xl/worksheets/sheet99.xml",
    "customXml/item1.xml",
    "mimetype",
    "EncryptedPackage",
    "../../x.xml",
    "甲.xlsx",
    "",
    "folder/",
)


def _chosen(random: Random, book: Book, base: Base) -> int | None:
    """Return the place of a part: often of one that matters."""
    if not book.parts:
        return None
    wanted = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels", "xl/styles.xml"]
    name = random.choice([*wanted, "xl/sharedStrings.xml", *base.parts.values()])
    place = book.place(name)
    return random.randrange(len(book.parts)) if place is None or random.random() < 0.3 else place


def _drop(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    place = _chosen(random, book, base)
    return "nothing" if place is None else f"without {book.parts.pop(place)[0]}"


def _double(random: Random, book: Book, base: Base, bases: Sequence[Base]) -> str:
    place = _chosen(random, book, base)
    if place is None:
        return "nothing"
    name, data = book.parts[place]
    other = random.choice(bases).book
    written = random.choice([name, name.upper(), f"/{name}", name.replace("/", "\\")])
    book.parts.append((written, random.choice([data, b"", other.text(name).encode("utf-8", "surrogateescape")])))
    return f"{name} again as {written}"


def _exchange(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    one, other = _chosen(random, book, base), _chosen(random, book, base)
    if one is None or other is None:
        return "nothing"
    (name, data), (its_name, its_data) = book.parts[one], book.parts[other]
    book.parts[one], book.parts[other] = (name, its_data), (its_name, data)
    return f"{name} and {its_name}"


def _rename(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    place = _chosen(random, book, base)
    if place is None:
        return "nothing"
    name, data = book.parts[place]
    ways = [
        name.upper(),
        f"/{name}",
        name.replace("/", "\\"),
        f"{name} ",
        f"x{name}",
        f"{name}\0x",
        name[:-1],
        f"./{name}",
    ]
    book.parts[place] = (random.choice(ways), data)
    return f"{name} to {book.parts[place][0]!r}"


def _empty(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    place = _chosen(random, book, base)
    if place is None:
        return "nothing"
    name, data = book.parts[place]
    book.parts[place] = (
        name,
        random.choice([b"", b" ", bytes(len(data)), b"<a/>", data + data, data[: len(data) // 2]]),
    )
    return name


def _add(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    name = random.choice(_STRANGE)
    book.parts.insert(
        random.randrange(len(book.parts) + 1), (name, random.choice([b"", b"<a/>", random.randbytes(50)]))
    )
    return repr(name)


def _graft(random: Random, book: Book, base: Base, bases: Sequence[Base]) -> str:
    """Put in a part of another school's, or period's, workbook."""
    place = _chosen(random, book, base)
    if place is None:
        return "nothing"
    name, other = book.parts[place][0], random.choice(bases)
    if other.book.place(name) is None:
        return "nothing"
    book.write(name, other.book.text(name))
    return f"{name} of {other.name}"


def _shuffle(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    random.shuffle(book.parts)
    return "all"


MUTATORS: Mapping[str, Callable[[Random, Book, Base, Sequence[Base]], str]] = {
    "part.drop": _drop,
    "part.double": _double,
    "part.exchange": _exchange,
    "part.rename": _rename,
    "part.empty": _empty,
    "part.add": _add,
    "part.graft": _graft,
    "part.shuffle": _shuffle,
}
