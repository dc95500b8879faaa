"""Takes out of a part what is no text of the template: revisions, revision numbers, spelling marks, page breaks as seen."""

from __future__ import annotations

from lxml import etree

from pbreports.word.filling.markup import TR, P, T, W, nearest, remove, w

_TAKEN_IN = {w("ins"), w("moveTo")}
_LEFT_OUT = {w("del"), w("moveFrom")}
_NOISE = {
    w(name)
    for name in (
        "proofErr lastRenderedPageBreak moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd rPrChange"
        " pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange tblGridChange numberingChange"
        " cellIns cellDel cellMerge commentRangeStart commentRangeEnd commentReference annotationRef"
    ).split()
}
_TEXTS = {T, w("instrText"), w("delText"), w("delInstrText")}
_REVISION = f"{{{W}}}rsid"
_PARAGRAPH_IDS = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
    "{http://schemas.microsoft.com/office/word/2010/wordml}textId",
)


def scrubbed(root: etree._Element) -> etree._Element:
    """Return the root of a part with revisions accepted and without revision numbers, marks and blanks of lay-out.

    Deleted text is not the template's: it goes, so that nothing is filled into it and nothing of it leaves the house.
    """
    for element in list(root.iter(etree.Element)):
        _without_blanks(element)
        _without_numbers(element)
    for element in list(root.iter(*_NOISE)):
        remove(element)
    _accept(root)
    return root


def _without_blanks(element: etree._Element) -> None:
    if element.tag not in _TEXTS and element.text and not element.text.strip():
        element.text = None
    if element.tail and not element.tail.strip():
        element.tail = None


def _without_numbers(element: etree._Element) -> None:
    for name in [name for name in element.attrib if str(name).startswith(_REVISION) or name in _PARAGRAPH_IDS]:
        del element.attrib[name]


def _accept(root: etree._Element) -> None:
    for mark in list(root.iter(*_LEFT_OUT)):
        _accept_deletion(mark)
    for mark in list(root.iter(*_TAKEN_IN)):
        _unwrap(mark)


def _accept_deletion(mark: etree._Element) -> None:
    parent = mark.getparent()
    if parent is None:
        return
    if parent.tag == w("rPr") and parent.getparent().tag == w("pPr"):  # type: ignore[union-attr]
        _join_with_next(nearest(mark, P))
        if mark.getparent() is not None:
            remove(mark)
    elif parent.tag == w("trPr"):
        row = nearest(mark, TR)
        if row is not None and row.getparent() is not None:
            remove(row)
    else:
        remove(mark)


def _join_with_next(paragraph: etree._Element | None) -> None:
    """Join a paragraph whose mark was deleted with the one behind it, whose properties both then have."""
    following = paragraph.getnext() if paragraph is not None else None
    if paragraph is None or following is None or following.tag != P:
        return
    kept = [child for child in paragraph if child.tag != w("pPr")]
    place = 1 if len(following) and following[0].tag == w("pPr") else 0
    following[place:place] = kept
    remove(paragraph)


def _unwrap(mark: etree._Element) -> None:
    parent = mark.getparent()
    if parent is None:
        return
    place = parent.index(mark)
    children = list(mark)
    remove(mark)
    parent[place:place] = children
