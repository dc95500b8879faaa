"""The workbook templates that come with the program, made from the drafts in ``drafts/``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from pbreports.errors import WorkspaceError
from pbreports.excel.drafting import build_template, read_draft
from pbreports.ooxml.files import write_atomically

DRAFTS = ("党建工作台账", "表彰名单", "星级评定结果汇总表", "民主测评汇总")


def make_template(draft: str) -> bytes:
    """Return the workbook template that a draft describes.

    Raises:
        TemplateError: when the draft has a line of no known form, or names what is not there.
    """
    text = files(__package__).joinpath("drafts", f"{draft}.toml").read_text(encoding="utf-8")
    return build_template(read_draft(text, draft))


def write_template(target: Path, template: bytes, *, replace: bool = False) -> None:
    """Write a template; one that stands there and differs is only replaced when told so: staff may have edited it.

    Raises:
        WorkspaceError: when another template stands there, or it cannot be written.
    """
    if target.exists() and not replace and target.read_bytes() != template:
        raise WorkspaceError(target.name, "已有一份不同的模板，可能有人改过，没有覆盖", "确实要重做请加 --force")
    write_atomically(target, template)
