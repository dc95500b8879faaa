"""The journal: receipts in order, copies by digest, lines that a power cut tore."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from pbreports.errors import WorkspaceError
from pbreports.journal import Journal, WrittenPaper
from pbreports.values import Receipt


def receipt(content: bytes, unit: str = "S1", period: str = "全年", file: str = "甲.xlsx", day: int = 1) -> Receipt:
    """Return the receipt of a content."""
    return Receipt(hashlib.sha256(content).hexdigest(), unit, period, file, date(2020, 12, day))


def receive(journal: Journal, *given: tuple[Receipt, bytes]) -> None:
    """Note receipts with their contents."""
    journal.receive((one, lambda content=content: content) for one, content in given)


def test_receipts_come_back_in_order(tmp_path: Path) -> None:
    """What was noted is read back by another opening, with a copy of each content under its digest."""
    first, second = receipt(b"1"), receipt(b"2", day=2)
    receive(Journal(tmp_path / "运行记录"), (first, b"1"))
    receive(Journal(tmp_path / "运行记录"), (second, b"2"))
    journal = Journal(tmp_path / "运行记录")
    assert journal.receipts() == (first, second)
    assert journal.copy_of(second.sha256).read_bytes() == b"2"


def test_seeing_a_version_again_changes_nothing(tmp_path: Path) -> None:
    """The first sight stays, in one call or in two, whatever the file is called and whatever the day."""
    journal = Journal(tmp_path)
    receive(journal, (receipt(b"1"), b"1"), (receipt(b"1", file="乙.xlsx"), b"1"))
    receive(journal, (receipt(b"1", day=9), b"1"))
    assert journal.receipts() == (receipt(b"1"),)


def test_the_same_content_of_two_units_or_periods_is_two_receipts(tmp_path: Path) -> None:
    """A version is a unit's, of a period; the copy is kept once."""
    journal = Journal(tmp_path)
    receive(
        journal, *((one, b"1") for one in (receipt(b"1"), receipt(b"1", unit="S2"), receipt(b"1", period="上半年")))
    )
    assert len(journal.receipts()) == 3
    assert len(list((tmp_path / "收件").iterdir())) == 1


def test_an_empty_journal_is_empty(tmp_path: Path) -> None:
    """Before anything happened nothing is known, and nothing is made by asking."""
    journal = Journal(tmp_path / "运行记录")
    assert journal.receipts() == ()
    assert journal.papers() == {}
    assert not (tmp_path / "运行记录").exists()


@pytest.mark.parametrize("torn", [1, 20, 60])
def test_a_torn_last_line_is_passed_over_and_closed(tmp_path: Path, torn: int) -> None:
    """After a power cut in the middle of a line the lines before count, and the next line stands alone."""
    journal = Journal(tmp_path)
    receive(journal, (receipt(b"1"), b"1"), (receipt(b"2"), b"2"))
    path = tmp_path / "收件.jsonl"
    path.write_bytes(path.read_bytes()[:-torn])
    known = 2 if torn == 1 else 1
    assert len(journal.receipts()) == known
    receive(journal, (receipt(b"3"), b"3"))
    assert journal.receipts()[-1] == receipt(b"3")
    assert len(journal.receipts()) == known + 1


def test_a_line_full_of_zero_bytes_is_passed_over(tmp_path: Path) -> None:
    """Some disks leave zeros where a line was to be."""
    journal = Journal(tmp_path)
    receive(journal, (receipt(b"1"), b"1"))
    with (tmp_path / "收件.jsonl").open("ab") as stream:
        stream.write(b"\0" * 64)
    receive(journal, (receipt(b"2"), b"2"))
    assert journal.receipts() == (receipt(b"1"), receipt(b"2"))


def test_a_line_put_in_by_hand_is_a_sentence(tmp_path: Path) -> None:
    """A whole line that is no receipt stops us: skipping it could lose a submission."""
    (tmp_path / "收件.jsonl").write_text('{"unit": "S1"}\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="有一行看不懂"):
        Journal(tmp_path).receipts()


def test_a_file_changed_while_it_is_read_is_not_kept_under_a_false_digest(tmp_path: Path) -> None:
    """The copy must be what the receipt says; otherwise nothing is noted."""
    journal = Journal(tmp_path)
    with pytest.raises(WorkspaceError, match="正被改动"):
        receive(journal, (receipt(b"1"), b"other"))
    assert journal.receipts() == ()
    assert not journal.copy_of(receipt(b"1").sha256).exists()


def test_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    """A submission taken away while it is read is named."""
    with pytest.raises(WorkspaceError, match=r"甲\.xlsx：打不开"):
        Journal(tmp_path).receive([(receipt(b"1"), (tmp_path / "没有").read_bytes)])


def test_the_last_digest_of_a_paper_counts(tmp_path: Path) -> None:
    """A paper written anew is known by its newest digest."""
    journal = Journal(tmp_path)
    for one in (
        WrittenPaper("文书/甲.docx", "a"),
        WrittenPaper("文书/乙.docx", "b"),
        WrittenPaper("文书/甲.docx", "c"),
    ):
        journal.wrote(one)
    assert journal.papers() == {"文书/甲.docx": "c", "文书/乙.docx": "b"}


def test_the_day_of_writing_comes_back(tmp_path: Path) -> None:
    """A line may say when its paper was written; older lines do not."""
    journal = Journal(tmp_path)
    journal.wrote(WrittenPaper("甲.docx", "a", written="2020-12-31"))
    journal.wrote(WrittenPaper("乙.docx", "b"))
    assert [one.written for one in journal.written().values()] == ["2020-12-31", ""]


def test_what_was_purged_is_forgotten(tmp_path: Path) -> None:
    """Every line of a paper goes, also those before its last; all others stay as they were."""
    journal = Journal(tmp_path)
    for one in (WrittenPaper("甲.docx", "a"), WrittenPaper("乙.docx", "b", title="乙"), WrittenPaper("甲.docx", "c")):
        journal.wrote(one)
    journal.forget({"甲.docx", "丙.docx"})
    assert dict(journal.written()) == {"乙.docx": WrittenPaper("乙.docx", "b", title="乙")}
    assert "甲" not in (tmp_path / "文书.jsonl").read_text(encoding="utf-8")
    journal.forget({"甲.docx"})
    Journal(tmp_path / "没有").forget({"甲.docx"})
    assert not (tmp_path / "没有").exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """A file in the place of the journal's folder is named."""
    (tmp_path / "运行记录").write_bytes(b"")
    with pytest.raises(WorkspaceError, match="运行记录"):
        Journal(tmp_path / "运行记录").ran("collect", date(2020, 12, 1), {})


def test_runs_are_lines(tmp_path: Path) -> None:
    """Each run adds one line; nothing of the earlier ones changes."""
    journal = Journal(tmp_path)
    journal.ran("collect", date(2020, 12, 1), {"读取": 3})
    before = (tmp_path / "运行.jsonl").read_bytes()
    journal.ran("build", date(2020, 12, 2), {})
    after = (tmp_path / "运行.jsonl").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 2
