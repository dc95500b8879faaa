"""Reading and rewriting ``.lrmx``, the file of the appointment form: what is not changed stays byte for byte."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pbreports.cadre.elements import (
    BY_NAME,
    FAMILY,
    ITEM,
    PHOTO,
    ROOT,
    Form,
    FormError,
)
from pbreports.cadre.rewriting import Change, relative_of, rewritten
from pbreports.cadre.spans import MOST_TEXT, Span, clean, decoded, spans_of


def read_lrmx(data: bytes, file: str) -> Form:
    """Return the form that a file holds; nothing is written and nothing outside it is fetched.

    Raises:
        FormError: it is too large, hostile, damaged, no form (its root is not ``Person``), or says one thing twice.
    """
    document = decoded(data, file)
    known, others = _sorted(spans_of(document.text, file), file)
    photo, damaged = _picture(known[PHOTO].text if PHOTO in known else "")
    return Form(
        file=file,
        values={name: clean(one.text) for name, one in known.items() if name not in {FAMILY, PHOTO}},
        relatives=tuple(row for row in map(relative_of, _items(known)) if not row.is_blank()),
        photo=photo,
        damaged_photo=damaged,
        others={one.name: clean(one.text) for one in others},
        source=data,
        encoding=document.encoding,
        marked=bool(document.mark),
    )


def write_lrmx(form: Form, changes: Mapping[str, Change]) -> bytes:
    """Return the form's file with some elements changed; without a change its own bytes.

    An element that the file lacks is put where the blank form has it. The text of an element takes the line ends of
    what it replaces. Characters that XML forbids are left out, those that the file's encoding lacks are written as
    references.
    """
    if unknown := changes.keys() - BY_NAME.keys():
        raise ValueError(f"no elements of the form: {sorted(unknown)}")
    new = {name: change for name, change in changes.items() if not _says(form, name, change)}
    if not new:
        return form.source
    document = decoded(form.source, form.file)
    return document.file(rewritten(document.text, spans_of(document.text, form.file), new))


# ---------------------------------------------------------------- reading


def _sorted(root: Span, file: str) -> tuple[dict[str, Span], list[Span]]:
    if root.name != ROOT:
        raise FormError(file, f"不是任免审批表（最外层是“{root.name[:20]}”，应为 {ROOT}）", "请核对文件")
    known = {one.name: one for one in root.children if one.name in BY_NAME}
    times = Counter(one.name for one in root.children if one.name in BY_NAME)
    for name, one in known.items():
        if times[name] > 1:
            raise FormError(file, f"“{BY_NAME[name].label}”有{times[name]}处", "请用任免表编辑器打开后另存一份")
        if name != PHOTO and len(one.text) > MOST_TEXT:
            raise FormError(file, f"“{BY_NAME[name].label}”太长，不像任免审批表", "请核对文件")
    return known, [one for one in root.children if one.name not in BY_NAME]


def _items(known: Mapping[str, Span]) -> Iterator[Span]:
    if FAMILY in known:
        yield from (one for one in known[FAMILY].children if one.name == ITEM)


def _picture(text: str) -> tuple[bytes | None, bool]:
    """Return the photo's bytes, and whether there is text that is none; a ``data:`` prefix is passed over."""
    packed = re.sub(r"\s+", "", re.sub(r"\A\s*data:[^,]*,", "", text))
    if not packed:
        return None, False
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True), False
    except ValueError:  # characters that Base64 has not, or too few of them
        return None, True


# ---------------------------------------------------------------- writing


def _says(form: Form, name: str, change: Change) -> bool:
    """Tell whether an element need not be touched: it says already what it is to say.

    A blank is what a file without the element says too, but for the elements of the form of 2025: who names these
    wants that form.
    """
    if name == FAMILY:
        return tuple(change or ()) == form.relatives
    if name == PHOTO:
        return (change or None) == form.photo and not form.damaged_photo
    absent = name in BY_NAME and BY_NAME[name].revised and name not in form.values
    return isinstance(change, str) and not absent and clean(change) == form.get(name)
