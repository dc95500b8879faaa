"""Inserting rows and columns as people do in a spreadsheet program, which then moves every reference by itself."""

from __future__ import annotations

import html
import subprocess
from pathlib import Path

from office import Office

_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{}.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"""

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">{}</library:library>"""

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>"""

_MACRO = """
Sub Insert(source, target, title, row, column)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden" : opening(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, opening())
  sheet = doc.Sheets.getByName(title)
  sheet.unprotect("")
  sheet.Rows.insertByIndex(CInt(row) - 1, 1)
  sheet.Columns.insertByIndex(CInt(column) - 1, 1)
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName" : saving(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(ConvertToURL(target), saving())
  doc.close(True)
End Sub
"""


def with_insertions(office: Office, source: Path, target: Path, title: str, *, row: int, column: int) -> bytes:
    """Return a workbook after a row and a column were inserted before the given ones of a sheet, computed anew."""
    _teach(office.profile / "user" / "basic")
    call = f'macro:///Standard.Module1.Insert("{source}","{target}","{title}","{row}","{column}")'
    profile = f"-env:UserInstallation={office.profile.resolve().as_uri()}"
    done = subprocess.run(
        ["soffice", profile, "--headless", call], capture_output=True, text=True, timeout=300, check=False
    )
    assert target.exists(), done.stderr
    return target.read_bytes()


def _teach(folder: Path) -> None:
    """Put the macro into the office's own library."""
    library = folder / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    for kind, element in (("script", '<library:element library:name="Module1"/>'), ("dialog", "")):
        (folder / f"{kind}.xlc").write_text(_LIBRARIES.format(kind), encoding="utf-8")
        (library / f"{kind}.xlb").write_text(_LIBRARY.format(element), encoding="utf-8")
    (library / "Module1.xba").write_text(_MODULE.format(html.escape(_MACRO)), encoding="utf-8")
