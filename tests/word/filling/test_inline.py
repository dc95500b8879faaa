"""Tags outside the runs of paragraphs."""

from __future__ import annotations

import pytest
from lxml import etree

from pbreports.word.filling.inline import made_whole, mark_inline
from pbreports.word.filling.markup import INLINE
from pbreports.word.filling.places import Places
from pbreports.word.filling.registry import Registry

DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def drawn(*texts: str) -> etree._Element:
    """Return a part with a drawn paragraph whose text is in so many pieces."""
    runs = "".join(f"<a:r><a:t>{text}</a:t></a:r>" for text in texts)
    return etree.fromstring(f'<a:txBody xmlns:a="{DRAWN}"><a:p>{runs}</a:p></a:txBody>')


def pieces(root: etree._Element) -> list[str]:
    """Return the pieces of a drawn text."""
    return [text.text or "" for text in root.iter(f"{{{DRAWN}}}t")]


@pytest.mark.parametrize(
    "texts",
    [
        ("前{{ 甲", "后"),
        ("{ { 甲", " } }后"),
        ("甲 }", "}乙"),
        ("{% if", " 甲"),
        ("无", "标签"),
    ],
)
def test_what_is_no_tag_stays_as_it_is(texts: tuple[str, ...]) -> None:
    """Signs that are meant as a tag and are none are written neither twice nor elsewhere."""
    root = drawn(*texts)
    registry = Registry()
    mark_inline(root, Places("", {}), registry)
    assert pieces(root) == list(texts)
    assert not registry.tags


def test_a_tag_in_pieces_is_marked_once_and_the_unfinished_one_behind_it_stays() -> None:
    """The pieces of the tag come together in the first of them; everything else keeps its place."""
    root = drawn("共{", "{ 甲", " }}个，", "{{ 乙", "完")
    registry = Registry()
    mark_inline(root, Places("", {}), registry)
    assert pieces(root) == [f"共{INLINE[0]}{min(registry.tags)}{INLINE[1]}", "", "个，", "{{ 乙", "完"]
    assert [marked.tag.body for marked in registry.tags.values()] == ["甲"]


def test_tags_with_full_width_signs_come_together_too() -> None:
    """A tag is a tag however its signs are spelt."""
    root = drawn("｛｛", " 甲 ", "｝｝")
    made_whole(list(root.iter(f"{{{DRAWN}}}t")))
    assert pieces(root) == ["｛｛ 甲 ｝｝", "", ""]
