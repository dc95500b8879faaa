"""Which version of a unit counts: the latest without errors, until a newer one passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from pbreports.errors import PbreportsError
from pbreports.values import Entry, Receipt
from pbreports.versions import Version, placed, settle


def entry(sha: str, errors: int = 0, *, unit: str = "S1", period: str = "全年", file: str = "") -> Entry:
    """Return a version as the ledger lists it."""
    return Entry(f"{period}{unit}{sha}{file}", file or f"{sha}.xlsx", unit, period, sha, errors, 0, 0)


def receipt(sha: str, *, unit: str = "S1", period: str = "全年", day: int = 1) -> Receipt:
    """Return the receipt of a version."""
    return Receipt(sha, unit, period, f"{sha}.xlsx", date(2020, 12, day))


def settled(
    entries: Iterable[Entry],
    receipts: list[Receipt],
    waived: Mapping[tuple[str, str, int], str] = MappingProxyType({}),
    *,
    draft: bool = False,
) -> tuple[Version, ...]:
    """Return the versions, put into their places and settled."""
    return settle(placed(entries, receipts), waived, with_errors=draft)


def told(versions: tuple[Version, ...]) -> list[str]:
    """Return versions as v1通过, the counted one with a star."""
    return [f"v{one.number}{one.state.value}{'*' if one.counts else ''}" for one in versions]


@pytest.mark.parametrize(
    ("errors", "waived", "draft", "wanted"),
    [
        ([0], [], False, ["v1通过*"]),
        ([2], [], False, ["v1退回"]),
        ([0, 2], [], False, ["v1通过*", "v2退回"]),
        ([2, 0], [], False, ["v1退回", "v2通过*"]),
        ([0, 0], [], False, ["v1已更新", "v2通过*"]),
        ([0, 2, 0, 3], [], False, ["v1已更新", "v2退回", "v3通过*", "v4退回"]),
        ([2, 3], [], False, ["v1退回", "v2退回"]),
        ([2, 3], [1], False, ["v1放行*", "v2退回"]),
        ([0, 3], [2], False, ["v1已更新", "v2放行*"]),
        ([2, 0], [1], False, ["v1已更新", "v2通过*"]),
        ([0], [1], False, ["v1通过*"]),
        ([2], [7], False, ["v1退回"]),
        ([0, 3], [], True, ["v1已更新", "v2退回*"]),
        ([2, 3], [], True, ["v1退回", "v2退回*"]),
    ],
)
def test_which_version_counts(errors: list[int], waived: list[int], draft: bool, wanted: list[str]) -> None:  # noqa: FBT001
    """The latest that passes or is let pass counts; in a draft the latest of all."""
    shas = [f"sha{number}" for number in range(len(errors))]
    entries = [entry(sha, count) for sha, count in zip(shas, errors, strict=True)]
    reasons = {("S1", "全年", number): "理由" for number in waived}
    assert told(settled(reversed(entries), [receipt(sha) for sha in shas], reasons, draft=draft)) == wanted


def test_order_is_that_of_receipt_not_of_names() -> None:
    """A file whose name sorts first but came second is the second version."""
    found = settled([entry("a"), entry("b")], [receipt("b", day=1), receipt("a", day=2)])
    assert [(one.file, one.number, one.first_seen.day) for one in found] == [("b.xlsx", 1, 1), ("a.xlsx", 2, 2)]
    assert [one.file for one in found if one.counts] == ["a.xlsx"]


def test_the_same_content_twice_is_one_version() -> None:
    """A copy under another name is no newer version; a receipt noted twice counts from its first sight."""
    found = settled([entry("a"), entry("a", file="副本.xlsx")], [receipt("a", day=1), receipt("a", day=9)])
    assert told(found) == ["v1通过*"]
    assert found[0].first_seen.day == 1


def test_a_version_keeps_its_number_when_an_older_file_is_gone() -> None:
    """Numbers run over all that was ever received, so a waiver written for v2 stays that version's."""
    found = settled([entry("b", 1)], [receipt("a"), receipt("b")], {("S1", "全年", 2): "理由"})
    assert told(found) == ["v2放行*"]


def test_units_and_periods_are_settled_apart() -> None:
    """A unit's two periods each have their version, and another unit's receipts change no number."""
    entries = [entry("a", period="上半年"), entry("b", 1, period="下半年"), entry("c", unit="S2", period="上半年")]
    receipts = [
        receipt("c", unit="S2", period="上半年"),
        receipt("b", period="下半年"),
        receipt("a", period="上半年"),
    ]
    found = settled(entries, receipts)
    assert [(one.unit, one.period, *told((one,))) for one in found] == [
        ("S1", "上半年", "v1通过*"),
        ("S1", "下半年", "v1退回"),
        ("S2", "上半年", "v1通过*"),
    ]


def test_files_without_a_unit_are_no_versions() -> None:
    """What could not be told whose it is takes part in nothing."""
    assert settled([entry("a", unit="")], []) == ()


def test_a_version_without_a_receipt_is_a_sentence() -> None:
    """Where the journal was lost nobody can tell which version is the later: collect anew."""
    with pytest.raises(PbreportsError, match=r"收件记录：里面没有 a\.xlsx，请先运行 pbreports collect"):
        settled([entry("a")], [receipt("b")])


@pytest.mark.parametrize(
    ("warnings", "explained", "errors", "wanted"),
    [
        (2, 2, 0, "v1通过*"),
        (2, 1, 0, "v1待说明*"),
        (2, 0, 1, "v1退回"),
        (0, 0, 0, "v1通过*"),
    ],
)
def test_warnings_wait_to_be_explained(warnings: int, explained: int, errors: int, wanted: str) -> None:
    """A version whose warnings are not all explained waits for that, and counts meanwhile; errors come first."""
    one = replace(entry("a", errors), warnings=warnings, explained=explained)
    (found,) = settled([one], [receipt("a")])
    assert told((found,)) == [wanted]
    assert found.unexplained == warnings - explained


def test_a_version_that_has_been_replaced_waits_for_nothing() -> None:
    """Only what counts has to be explained."""
    first = replace(entry("a"), warnings=1)
    assert told(settled([first, entry("b")], [receipt("a"), receipt("b", day=2)])) == ["v1已更新", "v2通过*"]
