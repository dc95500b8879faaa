"""Purging: what goes, what stays, what cannot go, and that nothing outside is touched."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from pbreports.errors import WorkspaceError
from pbreports.journal import Journal, WrittenPaper
from pbreports.pipeline.cadre.purging import changed_on, purge
from pbreports.workspace import Workspace

EARLY, LIMIT, LATE = date(2021, 3, 1), date(2022, 1, 1), date(2022, 6, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace whose inspection has written nothing yet."""
    found = Workspace(tmp_path, 2020)
    found.private_outputs.mkdir(parents=True)
    return found


def put(workspace: Workspace, name: str, changed: date, written: date | None = None) -> Path:
    """Write a file below the inspection's outputs as of a day, and a line in its journal when one is given."""
    path = workspace.private_outputs / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(name.encode())
    if written:
        digest = hashlib.sha256(name.encode()).hexdigest()
        journal(workspace).wrote(WrittenPaper(workspace.shown(path), digest, written=written.isoformat()))
    age(path, changed)
    return path


def age(path: Path, day: date) -> None:
    """Let a file have been changed last on a day."""
    moment = datetime(day.year, day.month, day.day, 12).astimezone().timestamp()
    os.utime(path, (moment, moment), follow_symlinks=False)


def journal(workspace: Workspace) -> Journal:
    """Return the inspection's journal."""
    return Journal(workspace.private_outputs / "运行记录")


def names(workspace: Workspace) -> set[str]:
    """Return what is still there, folders too."""
    folder = workspace.private_outputs
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_papers_go_by_the_day_they_were_written(workspace: Workspace) -> None:
    """The journal knows the day, whatever the disk says; on the day itself a paper is not yet before it."""
    gone = put(workspace, "甲/考察材料.docx", LATE, written=EARLY)
    put(workspace, "乙/考察材料.docx", EARLY, written=LATE)
    put(workspace, "丙.docx", EARLY, written=LIMIT)
    purged = purge(workspace, LIMIT)
    assert purged.removed == (gone,)
    assert names(workspace) == {"乙", "乙/考察材料.docx", "丙.docx", "运行记录", "运行记录/文书.jsonl"}
    assert purged.stuck == ()


def test_other_files_go_by_their_last_change(workspace: Workspace) -> None:
    """Nothing says when they were written but the disk; a way to tell it may be given."""
    old, new = put(workspace, "甲.lrmx", EARLY), put(workspace, "乙.lrmx", LATE)
    assert purge(workspace, LIMIT, dated=lambda path: LATE if path == old else EARLY, dry=True).removed == (new,)
    assert purge(workspace, LIMIT).removed == (old,)
    assert changed_on(new) == LATE


def test_a_paper_changed_by_hand_is_as_old_as_the_change(workspace: Workspace) -> None:
    """Somebody works with it; an old change is old all the same."""
    kept, gone = put(workspace, "甲.docx", LATE, written=EARLY), put(workspace, "乙.docx", EARLY, written=LATE)
    for path, day in ((kept, LATE), (gone, EARLY)):
        path.write_bytes("改过".encode())
        age(path, day)
    assert purge(workspace, LIMIT).removed == (gone,)
    assert list(journal(workspace).written()) == [workspace.shown(kept)]


def test_drafts_of_a_crash_go_in_any_case(workspace: Workspace) -> None:
    """They are halves of papers; nobody writes while the year is held."""
    draft = put(workspace, f".{'0a' * 8}.tmp", LATE)
    put(workspace, "甲.docx", LATE)
    assert purge(workspace, LIMIT).removed == (draft,)


def test_the_ledger_and_the_journal_go_with_the_last_paper(workspace: Workspace) -> None:
    """Then nothing tells any more who was inspected; the lock of the run that purges stays."""
    put(workspace, "甲/甲.docx", LATE, written=EARLY)
    put(workspace, "台账.db", LATE)
    put(workspace, "台账.db-journal", LATE)
    put(workspace, f"运行记录/收件/{'f' * 64}.xlsx", LATE)
    put(workspace, ".运行中.lock", EARLY)
    purged = purge(workspace, LIMIT)
    assert names(workspace) == {".运行中.lock"}
    assert purged.kept == ()
    assert dict(purged.kinds) == {"Word 文书": 1, "台账": 1, "其他": 1, "Excel 表": 1, "运行记录": 1}


def test_while_papers_are_left_the_journal_forgets_what_went(workspace: Workspace) -> None:
    """It goes on telling of the others; papers that somebody had removed before are forgotten as well."""
    put(workspace, "甲.docx", EARLY, written=EARLY)
    put(workspace, "乙.docx", LATE, written=LATE)
    put(workspace, "丙.docx", EARLY, written=EARLY).unlink()
    ledger = put(workspace, "台账.db", LATE)
    purge(workspace, LIMIT)
    assert list(journal(workspace).written()) == ["outputs/2020/考察/乙.docx"]
    assert ledger.exists()
    if os.name != "nt":
        assert (workspace.private_outputs / "运行记录" / "文书.jsonl").stat().st_mode & 0o077 == 0


def test_an_old_ledger_goes_alone(workspace: Workspace) -> None:
    """It is made anew by the next run, and until then it tells of people."""
    put(workspace, "甲.docx", LATE, written=LATE)
    ledger = put(workspace, "台账.db", EARLY)
    assert purge(workspace, LIMIT).removed == (ledger,)
    assert len(journal(workspace).written()) == 1


def test_a_ledger_without_papers_is_kept_while_it_is_new(workspace: Workspace) -> None:
    """Who has only checked so far loses nothing by purging older years."""
    put(workspace, "台账.db", LATE)
    journal(workspace).ran("cadre", LATE, {})
    assert purge(workspace, LIMIT).removed == ()
    age(workspace.private_outputs / "台账.db", EARLY)
    age(workspace.private_outputs / "运行记录" / "运行.jsonl", EARLY)
    purge(workspace, LIMIT)
    assert names(workspace) == set()


def test_a_rehearsal_removes_nothing(workspace: Workspace) -> None:
    """It says what would go, to the last line of the journal."""
    put(workspace, "甲/甲.docx", EARLY, written=EARLY)
    put(workspace, "台账.db", LATE)
    before = {path: path.read_bytes() for path in workspace.private_outputs.rglob("*") if path.is_file()}
    rehearsed = purge(workspace, LIMIT, dry=True)
    assert {path: path.read_bytes() for path in workspace.private_outputs.rglob("*") if path.is_file()} == before
    assert purge(workspace, LIMIT) == rehearsed
    assert len(rehearsed.removed) == 3


def test_a_file_open_elsewhere_does_not_stop_the_others(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with what to do, stays with its line in the journal, and so do ledger and journal."""
    marked, held = put(workspace, "甲.docx", EARLY, written=EARLY), put(workspace, "乙.docx", EARLY, written=EARLY)
    put(workspace, "丙.docx", EARLY, written=EARLY)
    put(workspace, "台账.db", LATE)
    put(workspace, "~$甲.docx", LATE)
    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as Path has it
        if path == held:
            raise PermissionError(13, "in use")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    purged = purge(workspace, LIMIT)
    assert [path.name for path in purged.removed] == ["丙.docx"]
    assert "乙.docx：删不掉" in "".join(purged.stuck)
    assert "甲.docx：正打开着" in "".join(purged.stuck)
    assert {marked, held} <= set(purged.kept)
    assert len(journal(workspace).written()) == 2
    assert (workspace.private_outputs / "台账.db").exists()


def test_nothing_outside_is_touched(workspace: Workspace, tmp_path: Path) -> None:
    """A link to a folder is not entered and is named; a link to a file goes, what it leads to stays."""
    outside = tmp_path / "公开"
    outside.mkdir()
    paper = outside / "总结.docx"
    paper.touch()
    age(paper, EARLY)
    (workspace.private_outputs / "夹").symlink_to(outside)
    link = workspace.private_outputs / "总结.docx"
    link.symlink_to(paper)
    age(link, EARLY)
    put(workspace, "甲.docx", LATE)
    purged = purge(workspace, LIMIT)
    assert purged.removed == (link,)
    assert "夹：这是一个链接，没有进去" in "".join(purged.stuck)
    assert paper.exists()
    assert (workspace.private_outputs / "夹").is_symlink()


def test_a_linked_folder_is_not_purged(tmp_path: Path) -> None:
    """Where the outputs themselves lead elsewhere nothing is removed."""
    workspace = Workspace(tmp_path, 2020)
    workspace.outputs.mkdir(parents=True)
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "甲.docx").touch()
    age(tmp_path / "别处" / "甲.docx", EARLY)
    workspace.private_outputs.symlink_to(tmp_path / "别处")
    with pytest.raises(WorkspaceError, match="链接"):
        purge(workspace, LIMIT)
    assert (tmp_path / "别处" / "甲.docx").exists()


def test_where_nothing_was_written_there_is_nothing_to_purge(tmp_path: Path) -> None:
    """A year without an inspection is no error, and nothing is made by asking."""
    assert purge(Workspace(tmp_path, 2020), LIMIT).removed == ()
    assert list(tmp_path.iterdir()) == []
