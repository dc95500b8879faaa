"""Values that are more than text, said once for both engines: formatted texts, listings, pictures, sub-documents."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formatted text: its properties by docxtpl's names, and where it links to."""

    text: str
    props: dict[str, object] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rich:
    """A formatted text (docxtpl's ``RichText``)."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RichParagraphs:
    """Formatted paragraphs, each with its style (docxtpl's ``RichTextParagraph``)."""

    paragraphs: tuple[tuple[Rich, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A text whose line breaks, paragraphs, tabs and page breaks count (docxtpl's ``Listing``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """The package's small picture as a value, in millimetres (docxtpl's ``InlineImage``)."""

    width: float | None = None
    height: float | None = None
    link: str = ""


def rich(text: str, url: str = "", **props: object) -> Rich:
    """Return a formatted text of one piece."""
    return Rich((Piece(text, props, url),))


def joined(*texts: Rich) -> Rich:
    """Return formatted texts as one."""
    return Rich(tuple(piece for text in texts for piece in text.pieces))
