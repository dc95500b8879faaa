"""Where the papers and declarations that come with the program stand.

An installed program carries them inside itself; in a checkout they are the workspace at the repository's root.
"""

from __future__ import annotations

from pathlib import Path

from pbreports.errors import WorkspaceError

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_shipped"
_CHECKOUT = _PACKAGE.parents[1]


def templates() -> Path:
    """Return the folder of the shipped templates (.docx and .xlsx).

    Raises:
        WorkspaceError: when the installation lacks it.
    """
    return _present("templates", _INSTALLED / "templates", _CHECKOUT / "templates")


def scheme(year: int) -> Path:
    """Return the folder of the shipped scheme of a year, holding its YAML files.

    Raises:
        WorkspaceError: when no scheme of that year came with the program.
    """
    return _present(f"{year}年方案", _INSTALLED / "方案" / str(year), _CHECKOUT / "inputs" / str(year) / "方案")


def scheme_years() -> tuple[int, ...]:
    """Return the years whose schemes came with the program, earliest first."""
    if _INSTALLED.is_dir():
        folders = _INSTALLED.glob("方案/*")
    else:
        folders = (folder.parent for folder in _CHECKOUT.glob("inputs/*/方案"))
    return tuple(sorted(int(folder.name) for folder in folders if folder.name.isdecimal()))


def _present(what: str, installed: Path, checkout: Path) -> Path:
    """Return the folder inside the package, else the one in the checkout."""
    folder = installed if _INSTALLED.is_dir() else checkout
    if not folder.is_dir():
        raise WorkspaceError(str(folder), f"程序没有带来{what}", "请重新安装程序")
    return folder
