"""The manifest of a build: the SHA-256 of everything that went in and everything that came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pbreports.ooxml.files import write_atomically
from pbreports.pipeline.publishing import Paper
from pbreports.pipeline.year import Year
from pbreports.workspace import Workspace

NAME = "文件摘要.json"


def write_manifest(year: Year, papers: Iterable[Paper], pages: Mapping[Path, int]) -> Path:
    """Return the manifest written beside the papers: digests by path, of inputs, templates and papers.

    ``pages`` are the PDFs just made with their numbers of pages; they have no digest, for no two are alike to the byte.
    """
    workspace = year.workspace
    inputs = sorted(path for path in workspace.inputs.rglob("*") if path.is_file() and not _is_private(path, workspace))
    templates = sorted(path for path in workspace.templates.glob("*") if path.is_file())
    outputs = [path for paper in papers for path in (paper.path, paper.proof) if path.exists()]
    content: dict[str, object] = {
        "方案版本": year.scheme.heading.version,
        "输入": _digests(year, (*inputs, *templates)),
        "输出": _digests(year, outputs),
    }
    if pages:
        content["页数"] = {workspace.shown(pdf): count for pdf, count in pages.items()}
    path = workspace.papers / NAME
    write_atomically(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    return path


def _is_private(path: Path, workspace: Workspace) -> bool:
    """Return whether a file may not even be named: forms of people under inspection are called by their numbers."""
    return path.is_relative_to(workspace.private_inputs)


def _digests(year: Year, paths: Iterable[Path]) -> dict[str, str]:
    """Return the digest of each file by its path; a file that is only there while another is open is left out."""
    lasting = (path for path in paths if not path.name.startswith(("~$", ".")))
    return {year.workspace.shown(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in lasting}
