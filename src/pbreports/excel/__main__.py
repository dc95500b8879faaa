"""Makes a workbook template from its draft: ``python -m pbreports.excel 党建工作台账 templates/党建工作台账.xlsx``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pbreports.errors import PbreportsError
from pbreports.excel.shipped import DRAFTS, make_template, write_template


def main(arguments: list[str]) -> int:
    """Return 0 when the template stands as its draft says, 2 when it could not be written."""
    parser = argparse.ArgumentParser(prog="python -m pbreports.excel", description=__doc__)
    parser.add_argument("draft", choices=DRAFTS, help="底稿的名称")
    parser.add_argument("target", type=Path, help="写到哪里")
    parser.add_argument("--force", action="store_true", help="覆盖已经改过的模板")
    options = parser.parse_args(arguments)
    try:
        write_template(options.target, make_template(options.draft), replace=options.force)
    except PbreportsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
