"""Where the programs for rendering are: the command line knows the environment."""

from __future__ import annotations

import os
from pathlib import Path

from pbreports.rendering.programs import Programs, find_programs

FONTS = "PBREPORTS_FONTS"
"""Folders of fonts that are lent to LibreOffice without being installed, parted as in the search path."""


def programs() -> Programs:
    """Return this machine's programs for rendering and the folders of fonts that the environment names."""
    named = os.environ.get(FONTS, "").split(os.pathsep)
    return find_programs(os.environ, [Path(folder) for folder in named if folder])
