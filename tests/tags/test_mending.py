"""Mending the spelling of tags: nothing but the spelling changes, however the text is cut into runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.tags.mending import mended
from pbreports.tags.tokens import Broken, Tag, tags

SIGNS = st.sampled_from([*'{}｛｝%％#- 　\n"“”（），名p3', "{{", "}}", "｛｛", "｝｝", "{ {", "} }", "{%", "%}"])
RUNS = st.lists(st.lists(SIGNS, max_size=8).map("".join), min_size=1, max_size=6)


def meant(one: Tag | Broken) -> list[str]:
    """Return what a tag says, or what one with spaced braces would."""
    return [one.body] if isinstance(one, Tag) else [tag.body for tag in tags(one.mended) if isinstance(tag, Tag)]


@pytest.mark.parametrize(
    ("texts", "after"),
    [
        (["共｛｛党员总数｝｝名"], ["共{{ 党员总数 }}名"]),
        (["共｛", "｛党员", "总数｝｝名"], ["共{{ 党员总数 }}", "", "名"]),
        (["共", "{{ 名单|列(“学", "校”) }}", "等"], ["共", '{{ 名单|列("学校") }}', "", "等"]),
        (["{ { 党员总数 } }，{ % if x % }"], ["{{ 党员总数 }}，{% if x %}"]),
        (["{{ 党员总数 } }，“引号”（括号）"], ["{{ 党员总数 }}，“引号”（括号）"]),
        (["{{ 好 }}", "{{ 未完"], ["{{ 好 }}", "{{ 未完"]),
        (["｛｛甲｝｝", "", "｛｛乙｝｝"], ["{{ 甲 }}", "", "{{ 乙 }}"]),
        ([""], [""]),
    ],
)
def test_tags_are_spelt_properly(texts: list[str], after: list[str]) -> None:
    """The tag stands in the run where it begins; text outside tags keeps its signs."""
    assert list(mended(texts)[0]) == after


def test_the_mended_tags_are_counted() -> None:
    """Each tag once, however many signs of it are mended."""
    assert mended(["｛｛甲｝｝{{ 乙 }}", "{ { 丙 } }"])[1] == 2


@given(RUNS)
def test_mending_changes_no_meaning(texts: list[str]) -> None:
    """Tags say the same afterwards, the text around them is the same, and there is nothing more to mend."""
    after, _ = mended(texts)
    assert len(after) == len(texts)
    before, then = tags("".join(texts)), tags("".join(after))
    assert [body for one in before for body in meant(one)] == [one.body for one in then if isinstance(one, Tag)]
    assert mended(after) == (after, 0)
    assert not any(one.is_misspelt for one in then if isinstance(one, Tag))
