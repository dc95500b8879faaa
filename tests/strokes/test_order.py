"""People's names go as official lists have them: by the strokes of the surname."""

from __future__ import annotations

import random
import re
from importlib.resources import files
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import PbreportsError
from pbreports.strokes.names import COMPOUND_SURNAMES
from pbreports.strokes.table import official_table
from strokes.casebook import Case, all_cases, keys, ordered, written

CASES = all_cases()
NAME = st.text(alphabet="一丁大小王石刘李何周孟赵欧阳修司马徒永达志国文䶮𠮷", min_size=1, max_size=4)
SUPPLEMENTS = written("䶮=135341134", "𠮷=121251")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_case_of_the_rule(case: Case) -> None:
    """Whatever order the names come in, they leave in the one that the rule gives, each before all later ones."""
    mixed = list(case.names)
    random.Random(case.why).shuffle(mixed)
    assert ordered(*reversed(case.names), supplements=case.supplements) == list(case.names)
    assert ordered(*mixed, supplements=case.supplements) == list(case.names)
    found = keys(*case.names, supplements=case.supplements)
    assert all(found[one] < found[other] for one, other in combinations(case.names, 2))


def test_there_are_as_many_cases_as_were_asked_for_each_with_its_reason() -> None:
    """At least fifty, no two with the same words."""
    assert len(CASES) == len({case.why for case in CASES}) >= 50


@given(st.lists(NAME, min_size=1, max_size=12), st.randoms())
def test_the_order_the_names_come_in_changes_nothing(names: list[str], chance: random.Random) -> None:
    """Permuting the names gives the same list."""
    mixed = names.copy()
    chance.shuffle(mixed)
    assert ordered(*mixed, supplements=SUPPLEMENTS) == ordered(*names, supplements=SUPPLEMENTS)


@given(st.lists(NAME, min_size=2, max_size=12, unique=True))
def test_of_two_different_names_one_is_first_whoever_else_is_there(names: list[str]) -> None:
    """The order is total, and two names stand to each other as they do alone."""
    found = keys(*names, supplements=SUPPLEMENTS)
    assert len(set(found.values())) == len(names)
    for one, other in pairwise(sorted(names, key=found.__getitem__)):
        assert ordered(other, one, supplements=SUPPLEMENTS) == [one, other]


@given(NAME.filter(lambda name: len(name) > 1), st.integers(1, 3), st.sampled_from([" ", "　", "  "]))
def test_blanks_within_a_name_are_not_compared(name: str, place: int, blank: str) -> None:
    """A name padded to line up with longer ones stands where it would without."""
    padded = name[:place] + blank + name[place:]
    found = keys(name, padded, supplements=SUPPLEMENTS)
    assert found[name] == found[padded]


@given(NAME, NAME)
def test_a_single_given_name_stands_before_longer_ones(one: str, other: str) -> None:
    """With the same single surname, one character of given name is first, however many strokes it has."""
    single, longer = f"李{one[0]}", f"李{other[0]}{one}"
    assert ordered(longer, single, supplements=SUPPLEMENTS) == [single, longer]


def test_every_compound_surname_stands_by_its_first_character() -> None:
    """Behind those with a smaller first character, before those with a greater one, single given names first."""
    for surname in sorted(COMPOUND_SURNAMES):
        first = surname[0]
        assert len(surname) == 2
        assert ordered(f"{surname}一丁", f"{surname}巍") == [f"{surname}巍", f"{surname}一丁"]
        assert ordered(f"{surname}一", f"{first}巍巍") == [f"{first}巍巍", f"{surname}一"]


def test_names_without_any_character_have_no_place() -> None:
    """Blanks and a lone dot are left out rather than put somewhere."""
    assert list(keys("　", "·", "", "王一")) == ["王一"]


def test_nobody_at_all_is_no_trouble() -> None:
    """No names, no order."""
    assert keys() == {}


def test_unknown_characters_stop_with_the_names_all_at_once() -> None:
    """The sentence says whose character it is and where to settle it."""
    with pytest.raises(PbreportsError) as caught:
        keys("王䶮", "李永", "张𠮷平")
    assert str(caught.value) == (
        "名单“甲”：按姓氏笔画排不了，王䶮的“䶮”、张𠮷平的“𠮷”不在字序表里，请在局端工作簿的“笔画补充”表里填上字、笔画数和笔顺。"
    )


@pytest.mark.parametrize("name", ["王a一", "王3", "王〇", "王?明", "王𬱖"])
def test_what_is_no_character_of_the_table_stops_too(name: str) -> None:
    """Letters, digits and signs in a name are not passed over silently."""
    with pytest.raises(PbreportsError, match=re.escape(name)):
        keys(name, "李永")


def test_a_rare_character_whose_strokes_nobody_knows_is_never_guessed() -> None:
    """Where a character of the table may stand on either side of one of ours, the sentence asks for its strokes."""
    dragon = written("䶮=135341134")
    with pytest.raises(PbreportsError) as caught:
        keys("李䶮", "王卼", supplements=dragon)
    assert str(caught.value) == (
        "名单“甲”：王卼的“卼”与李䶮的“䶮”分不出先后，程序不知道“卼”的笔顺，请在“笔画补充”表里把“卼”的笔画数和笔顺也填上。"
    )
    both = written("䶮=135341134", "卼=135351355")
    assert ordered("李卼", "李䶮", supplements=both) == ["李䶮", "李卼"]
    assert ordered("李卼", "李一", supplements=dragon) == ["李一", "李卼"]


@pytest.mark.parametrize("count", range(2, 30))
def test_a_character_of_another_stroke_count_is_never_in_doubt(count: int) -> None:
    """Though nobody knows their strokes, those of fewer strokes stand before ours and those of more behind it."""
    characters, table = list(official_table().places), official_table()
    last, first = characters[table.span(count - 1)[-1]], characters[table.span(count + 1)[0]]
    for strokes in ("1" * count, "5" * count):
        ours = written(f"𠮷={strokes}")
        assert ordered(f"王{first}", "王𠮷", f"王{last}", supplements=ours) == [f"王{last}", "王𠮷", f"王{first}"]


def test_the_table_has_every_character_once_by_rising_stroke_count() -> None:
    """The table is what its origin tells: 20,897 characters."""
    table = official_table()
    assert len(table.places) == len(table.counts) == 20_897
    assert list(table.places.values()) == list(range(20_897))
    assert list(table.counts) == sorted(table.counts)


def test_the_known_strokes_agree_with_the_table_everywhere() -> None:
    """As many strokes as the table counts, and never a character before one with smaller strokes."""
    table = official_table()
    told = sorted(table.strokes, key=table.places.__getitem__)
    assert len(told) == 6_936
    assert all(len(table.strokes[one]) == table.counts[table.places[one]] for one in told)
    order = [(len(table.strokes[one]), table.strokes[one]) for one in told]
    assert order == sorted(order)


def test_the_data_stand_with_their_licences() -> None:
    """Both sources ask that their notice goes with every copy."""
    for name in ("LICENSE-cn-sort.txt", "LICENSE-cnchar.txt"):
        text = files("pbreports.strokes").joinpath(name).read_text(encoding="utf-8")
        assert "Copyright (c)" in text
        assert "Permission is hereby granted" in text
