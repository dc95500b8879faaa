"""Documents around the markup of values, so that a validator and office programs can judge it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx

from ooxml.audit import audit
from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import Parts, pack, unpack
from pbreports.tags.program import Fill
from pbreports.word.filling.media import added
from word.filling.markup import BODY

_HERE = "<w:p><w:r><w:t>此处</w:t></w:r></w:p>"


def saved(document: object) -> Parts:
    """Return the parts of a document of python-docx."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return mend_document(unpack(stream.getvalue()))


def paper(body: Callable[[Fill], str], parts: Parts | None = None, fill: Fill | None = None) -> Parts:
    """Return the parts of a document with this body, and with what its values have brought."""
    fill = fill or Fill()
    markup = body(fill)
    if parts is None:
        document = docx.Document()
        document.add_paragraph("此处")
        parts = saved(document)
    text = parts[BODY].decode()
    assert _HERE in text
    return added({**parts, BODY: text.replace(_HERE, markup).encode()}, fill)


def faults(parts: Parts, folder: Path) -> list[str]:
    """Return what the independent validator holds against a document."""
    path = folder / "文书.docx"
    path.write_bytes(pack(parts))
    return audit(path)
