"""The templates that come with the program, made from the drafts in ``drafts/``."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from pbreports.errors import WorkspaceError
from pbreports.ooxml.files import write_atomically
from pbreports.scheme.profile import load_profile
from pbreports.word.build import build_template
from pbreports.word.draft import read_draft

if TYPE_CHECKING:
    from pathlib import Path

DRAFTS = ("年度总结", "表彰决定", "星级评定情况通报", "征求意见函", "上会汇报", "拟命名名单公示")
CADRE_DRAFTS = ("考察材料", "全程纪实表", "考察人选一览表", "任前公示", "任职通知")
"""The drafts of the papers about candidates, in a folder of their own."""
SAMPLES = ("通用", "上行", "函", "纪要", "内部")
"""The drafts that show each kind of paper with all its elements, in a folder of their own."""
_FOLDERS = {**dict.fromkeys(CADRE_DRAFTS, "考察"), **dict.fromkeys(SAMPLES, "公文样式")}


def make_template(draft: str, convention: str = "") -> bytes:
    """Return the Word template that a draft describes, under a convention for margins (see ``load_profile``).

    Raises:
        TemplateError: when the draft has a line of no known form.
    """
    text = files(__package__).joinpath("drafts", _FOLDERS.get(draft, ""), f"{draft}.txt").read_text(encoding="utf-8")
    return build_template(read_draft(text, f"{draft}.txt"), load_profile(convention), draft)


def write_template(target: Path, template: bytes, *, replace: bool = False) -> None:
    """Write a template; one that stands there and differs is only replaced when told so: staff may have edited it.

    Raises:
        WorkspaceError: when another template stands there, or it cannot be written.
    """
    if target.exists() and not replace and target.read_bytes() != template:
        raise WorkspaceError(target.name, "已有一份不同的模板，可能有人改过，没有覆盖", "确实要重做请加 --force")
    write_atomically(target, template)
