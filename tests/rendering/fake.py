"""A program that stands in for LibreOffice where what it does with a paper does not matter."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

# An office that makes a PDF of each paper, but falls over one and waits for ever over another.
FAKE = f"""#!{sys.executable}
import os, pathlib, subprocess, sys, time
folder, *papers = sys.argv[sys.argv.index("--outdir") + 1:]
for paper in map(pathlib.Path, papers):
    said = paper.read_bytes().decode("utf-8", "replace")
    if said == "falls":
        os.abort()
    if said.startswith("waits"):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        pathlib.Path(said.split()[1]).write_text(str(child.pid))
        time.sleep(600)
    pathlib.Path(folder, paper.stem + ".pdf").write_bytes(b"%PDF-1.6 " + said.encode() + b" %%EOF")
"""


def put_fake_office(folder: Path) -> Path:
    """Return the script put into a folder under the name of LibreOffice's program."""
    folder.mkdir()
    script = folder / "soffice"
    script.write_text(FAKE, encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script
