"""LibreOffice without a window, as the tests' referee: it renders papers and computes workbooks anew."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("soffice", "pdftoppm")

# Without the first LibreOffice believes the values that stand in a workbook and cannot contradict us (0: always
# compute). Without the second it computes columns on several threads when it computes all anew, and version 7.4 then
# takes cells that are not computed yet for blank: the same workbook comes out otherwise than when it is typed into.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
    <prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
  <item oor:path="/org.openoffice.Office.Calc/Formula/Calculation">
    <prop oor:name="UseThreadedCalculationForFormulaGroups" oor:op="fuse"><value>false</value></prop>
  </item>
</oor:items>
"""

# A locked file can be opened by a macro alone: the command line takes no password. What cannot be opened leaves nothing.
_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Opening" script:language="StarBasic">
Sub SaveOpen(source As String, target As String, kind As String, password As String)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  how(1).Name = "Password" : how(1).Value = password
  saved(0).Name = "FilterName" : saved(0).Value = kind
  On Error Goto Closing
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, how())
  document.storeToURL(target, saved())
  document.close(True)
Closing:
  StarDesktop.terminate()
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Opening"/></library:library>
"""
_OPEN_FORMS = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML"}


def missing_programs() -> list[str]:
    """Return the programs for rendering that this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@dataclass(frozen=True, slots=True)
class Office:
    """A LibreOffice with a profile of its own, so that test processes do not wait for each other."""

    profile: Path

    @classmethod
    def at(cls, profile: Path) -> Office:
        """Return an office whose fresh profile stands in the folder ``profile`` and recalculates what it opens."""
        user = profile / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        return cls(profile)

    def convert(self, source: Path, kind: str, folder: Path) -> Path:
        """Return ``source`` saved anew as ``kind`` (``pdf``, ``xlsx``, ``docx``, ``csv`` …) in ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / source.with_suffix(f".{kind.partition(':')[0]}").name
        if target == source:
            raise ValueError(f"{source} would be overwritten")
        target.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={self.profile.resolve().as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if not target.exists():
            raise AssertionError(f"LibreOffice did not convert {source.name}: {done.stdout}{done.stderr}")
        return target

    def convert_all(self, sources: Sequence[Path], kind: str, folder: Path, tail: str = "") -> list[Path]:
        """Return many files saved anew as ``kind`` in ``folder``, in order; one start of the office serves them all.

        ``tail`` is what the office adds to the name of each, as it does when one sheet alone is written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        ending = kind.partition(":")[0]
        targets = [folder / f"{source.stem}{tail}.{ending}" for source in sources]
        for target in targets:
            target.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={self.profile.resolve().as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, sources)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 + 60 * len(sources), check=False)
        missing = [target.name for target in targets if not target.exists()]
        if missing:
            raise AssertionError(f"LibreOffice did not write {'、'.join(missing)}: {done.stdout}{done.stderr}")
        return targets

    def opened(self, source: Path, password: str, folder: Path) -> Path | None:
        """Return a locked ``.docx`` or ``.xlsx`` saved anew in ``folder`` without its lock, ``None`` if it stays shut."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / source.name
        target.unlink(missing_ok=True)
        self._learn_to_open()
        told = (source.resolve().as_uri(), target.resolve().as_uri(), _OPEN_FORMS[source.suffix], password)
        call = ",".join(f'"{one}"' for one in told)
        self._start(f"macro:///Standard.Opening.SaveOpen({call})")
        return target if target.exists() else None

    def _learn_to_open(self) -> None:
        """Put the macro into the profile, which the office lays out anew when it starts for the first time."""
        library = self.profile / "user" / "basic" / "Standard"
        if (library / "Opening.xba").exists():
            return
        self._start("--terminate_after_init")
        (library / "Opening.xba").write_text(_OPENING, encoding="utf-8")
        (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")

    def _start(self, order: str) -> None:
        profile = f"-env:UserInstallation={self.profile.resolve().as_uri()}"
        subprocess.run(["soffice", profile, "--headless", order], capture_output=True, timeout=300, check=True)

    def pages(self, source: Path, folder: Path, dpi: int = 60) -> list[Path]:
        """Return the pages of a document as PNG files, in order."""
        pdf = self.convert(source, "pdf", folder)
        stem = folder / source.stem
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(stem)], check=True, timeout=300)
        return sorted(folder.glob(f"{source.stem}-*.png"))
