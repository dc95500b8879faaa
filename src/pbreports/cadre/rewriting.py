"""New texts for some elements of a form's document, every byte around them kept."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from pbreports.cadre.elements import ELEMENTS, FAMILY, ITEM, RELATIVE_ELEMENTS, Relative
from pbreports.cadre.spans import Span, clean

Change = str | bytes | Sequence[Relative] | None
"""An element's new text; the photo's bytes (``None`` for no photo); the relatives."""

Edit = tuple[int, int, bytes]
"""From byte, to byte, what stands there instead."""

_ORDER = {one.name: place for place, one in enumerate(ELEMENTS)}
_RETURN = re.compile(rb"&#(?:x0*[dD]|0*13);\n")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rewritten(text: bytes, root: Span, changes: Mapping[str, Change]) -> bytes:
    """Return a document with the named elements changed, those that it lacks put in at their places."""
    known = {one.name: one for one in root.children}
    there = (edit for name in changes.keys() & known.keys() for edit in _changed(text, known[name], changes[name]))
    lacking = [one.name for one in ELEMENTS if one.name in changes and one.name not in known]
    return _edited(text, [*there, *_added(text, root, {name: changes[name] for name in lacking})])


def _edited(text: bytes, edits: Iterable[Edit]) -> bytes:
    parts, done = [], 0
    for start, end, new in sorted(edits):
        parts += [text[done:start], new]
        done = end
    return b"".join([*parts, text[done:]])


def _changed(text: bytes, span: Span, change: Change) -> Iterator[Edit]:
    if span.name != FAMILY:
        yield _filled(text, span, _content(change, _line_end(text, span)))
        return
    rows, items = _rows(change), [one for one in span.children if one.name == ITEM]
    filled = [one for one in items if not relative_of(one).is_blank()]
    if [_key(relative_of(one)) for one in filled] == [_key(row) for row in rows]:
        for item, row in zip(filled, rows, strict=True):
            yield from _item_edits(text, item, row)
    else:
        yield _filled(text, span, _family(text, span, items, rows))


def _filled(text: bytes, span: Span, content: bytes) -> Edit:
    if span.end > span.inner:
        return span.inner, span.close, content
    opened = text[span.start : span.inner - 2].rstrip() + b">"
    return span.start, span.end, opened + content + b"</" + _called(span.prefix, span.name) + b">"


def _called(prefix: str, name: str) -> bytes:
    return (f"{prefix}:{name}" if prefix else name).encode()


def _element(prefix: str, name: str, content: bytes) -> bytes:
    called = _called(prefix, name)
    return b"<%s>%s</%s>" % (called, content, called)


# ---------------------------------------------------------------- texts


def _content(change: Change, line_end: bytes) -> bytes:
    if isinstance(change, str):
        lines = escape(clean(_FORBIDDEN.sub("", change))).encode("utf-8").split(b"\n")
        return line_end.join(lines)
    return base64.b64encode(change) if isinstance(change, bytes) else b""


def _line_end(text: bytes, span: Span) -> bytes:
    """Return how an element parts its lines; the document's way when it has one line."""
    inner = text[span.inner : span.close]
    if found := _RETURN.search(inner):
        return found.group()
    return _ends(inner if b"\n" in inner else text)


def _ends(text: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in text else b"\n"


def _gap(text: bytes, start: int, place: int) -> bytes:
    """Return the blanks that stand before a place, not further back than ``start``."""
    before = text[start:place]
    return before[len(before.rstrip()) :]


def _added(text: bytes, root: Span, new: Mapping[str, Change]) -> Iterator[Edit]:
    """Yield one insertion for each place at which elements are lacking: behind the nearest that stands before them."""
    places: dict[int, bytes] = {}
    for name, change in new.items():
        before = [one for one in root.children if _ORDER.get(one.name, len(_ORDER)) < _ORDER[name]]
        anchor = max(before, key=lambda one: _ORDER[one.name], default=None)
        first = anchor or next(iter(root.children), None)
        gap = _gap(text, root.inner, first.start) if first else _ends(text) + b"  "
        whole = _family(text, None, [], _rows(change)) if name == FAMILY else _content(change, _ends(text))
        place = anchor.end if anchor else root.inner
        places[place] = places.get(place, b"") + gap + _element(root.prefix, name, whole)
    for place, content in places.items():
        if place == root.end:
            yield _filled(text, root, content + _ends(text))
        else:
            yield place, place, content


# ---------------------------------------------------------------- relatives


def relative_of(item: Span) -> Relative:
    """Return what an ``Item`` says."""
    texts = {one.name: clean(one.text) for one in item.children}
    return Relative(**{name: texts.get(element, "") for name, element in RELATIVE_ELEMENTS.items()})


def _rows(change: Change) -> Sequence[Relative]:
    return [row for row in change or () if isinstance(row, Relative)]


def _key(row: Relative) -> tuple[str, str]:
    return row.title, row.name


def _item_edits(text: bytes, item: Span, row: Relative) -> Iterator[Edit]:
    before, known = relative_of(item), {one.name: one for one in item.children}
    for name, element in RELATIVE_ELEMENTS.items():
        new = getattr(row, name)
        if new == getattr(before, name):
            continue
        span = known.get(element)
        if span:
            yield _filled(text, span, _content(new, _line_end(text, span)))
        elif item.children:
            last = item.children[-1]
            gap = _gap(text, item.inner, last.start)
            yield last.end, last.end, gap + _element(item.prefix, element, _content(new, _ends(text)))


def _family(text: bytes, span: Span | None, items: Sequence[Span], rows: Sequence[Relative]) -> bytes:
    """Return new contents of the container: who stays keeps the own item, blank rows kept ready stay as many."""
    outer = _ends(text) + b"  "
    prefix = span.prefix if span else ""
    if span:
        outer = _gap(text, 0, span.start) or b""
    inner = _gap(text, span.inner, items[0].start) if span and items else outer + b"  "
    left = list(items)
    parts = [_item(text, left, row, prefix, inner) for row in rows]
    spare = [one for one in left if relative_of(one).is_blank()][: max(0, len(items) - len(rows))]
    parts += [text[one.start : one.end] for one in spare]
    kept = _between(text, span, items).strip() if span else b""
    return b"".join(inner + part for part in [*parts, kept] if part) + outer


def _item(text: bytes, left: list[Span], row: Relative, prefix: str, gap: bytes) -> bytes:
    """Return a relative's item: the one in the document with what differs changed, else a new one."""
    found = next((one for one in left if _key(relative_of(one)) == _key(row)), None)
    if found:
        left.remove(found)
        moved = [(start - found.start, end - found.start, new) for start, end, new in _item_edits(text, found, row)]
        return _edited(text[found.start : found.end], moved)
    fields = (
        _element(prefix, element, _content(getattr(row, name), _ends(text)))
        for name, element in RELATIVE_ELEMENTS.items()
    )
    return _element(prefix, ITEM, b"".join(gap + b"  " + one for one in fields) + gap)


def _between(text: bytes, span: Span, items: Sequence[Span]) -> bytes:
    starts, ends = [*(one.start for one in items), span.close], [span.inner, *(one.end for one in items)]
    return b"".join(text[end:start].strip() for start, end in zip(starts, ends, strict=True))
