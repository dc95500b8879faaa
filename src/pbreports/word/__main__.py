"""Makes a template from its draft: ``python -m pbreports.word 年度总结 templates/年度总结.docx [--force]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pbreports.errors import PbreportsError
from pbreports.word.approval import APPROVAL_FORM, build_approval_form
from pbreports.word.shipped import CADRE_DRAFTS, DRAFTS, SAMPLES, make_template, write_template


def main(arguments: list[str]) -> int:
    """Return 0 when the template stands as its draft says, 2 when it could not be written."""
    parser = argparse.ArgumentParser(prog="python -m pbreports.word", description=__doc__)
    parser.add_argument("draft", choices=(*DRAFTS, *CADRE_DRAFTS, *SAMPLES, APPROVAL_FORM), help="底稿的名称")
    parser.add_argument("target", type=Path, help="写到哪里")
    parser.add_argument("--force", action="store_true", help="覆盖已经改过的模板")
    parser.add_argument("--margins", choices=("measured", "literal"), default="measured", help="页边距的写法")
    options = parser.parse_args(arguments)
    try:
        is_form = options.draft == APPROVAL_FORM
        template = build_approval_form() if is_form else make_template(options.draft, options.margins)
        write_template(options.target, template, replace=options.force)
    except PbreportsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
