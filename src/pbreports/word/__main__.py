"""Makes a template from its draft: ``python -m pbreports.word 年度总结 templates/年度总结.docx [--force]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pbreports.errors import PbreportsError
from pbreports.scheme.profile import load_profile
from pbreports.word.approval import APPROVAL_FORM, build_approval_form
from pbreports.word.dispatch import DISPATCH_SHEET, build_dispatch_sheet
from pbreports.word.shipped import CADRE_DRAFTS, DRAFTS, SAMPLES, make_template, write_template


def main(arguments: list[str]) -> int:
    """Return 0 when the template stands as its draft says, 2 when it could not be written."""
    parser = argparse.ArgumentParser(prog="python -m pbreports.word", description=__doc__)
    parser.add_argument(
        "draft", choices=(*DRAFTS, *CADRE_DRAFTS, *SAMPLES, DISPATCH_SHEET, APPROVAL_FORM), help="底稿的名称"
    )
    parser.add_argument("target", type=Path, help="写到哪里")
    parser.add_argument("--force", action="store_true", help="覆盖已经改过的模板")
    parser.add_argument("--margins", choices=("measured", "literal"), default="measured", help="页边距的写法")
    options = parser.parse_args(arguments)
    try:
        template = _made(options.draft, options.margins)
        write_template(options.target, template, replace=options.force)
    except PbreportsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _made(draft: str, margins: str) -> bytes:
    """Return the template of a draft or of a form."""
    if draft == APPROVAL_FORM:
        return build_approval_form()
    if draft == DISPATCH_SHEET:
        return build_dispatch_sheet(load_profile(margins))
    return make_template(draft, margins)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
