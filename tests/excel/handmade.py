"""Workbooks written by hand, part by part, for what no library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LINKS = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def cells_part(rows: str, *, before: str = "", after: str = "", namespace: str = TRANSITIONAL) -> str:
    """Return a worksheet part around its rows."""
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings_part(items: str, namespace: str = TRANSITIONAL) -> str:
    """Return a shared-strings part around its items."""
    return f'<sst xmlns="{namespace}">{items}</sst>'


def styles_part(*formats: int | str, namespace: str = TRANSITIONAL) -> str:
    """Return a styles part with one cell style per number format: a built-in id or a code of its own."""
    codes = [form for form in formats if isinstance(form, str)]
    ids = {code: 170 + place for place, code in enumerate(codes)}
    customs = "".join(f'<numFmt numFmtId="{ids[code]}" formatCode="{_escaped(code)}"/>' for code in codes)
    styles = "".join(f'<xf numFmtId="{ids.get(form, form)}"/>' for form in formats)  # type: ignore[call-overload]
    named = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    return (
        f'<styleSheet xmlns="{namespace}"><numFmts>{customs}</numFmts>{named}<cellXfs>{styles}</cellXfs></styleSheet>'
    )


def parts(
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    inside: str = "",
    namespace: str = TRANSITIONAL,
    target: str = "worksheets/sheet1.xml",
) -> dict[str, str]:
    """Return the parts of a workbook with one sheet ``表``; ``inside`` stands in the workbook part after the sheets."""
    links = _LINKS[namespace]
    related = {"r1": ("worksheet", target)}
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relationships(links, {"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{namespace}" xmlns:r="{links}"><sheets>'
            f'<sheet name="表" sheetId="1" r:id="r1"/></sheets>{inside}</workbook>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        made["xl/sharedStrings.xml"] = strings
        related["r2"] = ("sharedStrings", "sharedStrings.xml")
    if styles:
        made["xl/styles.xml"] = styles
        related["r3"] = ("styles", "/xl/styles.xml")
    made["xl/_rels/workbook.xml.rels"] = _relationships(links, related)
    return made


def packed(contents: Mapping[str, str | bytes]) -> bytes:
    """Return the parts as a package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _relationships(links: str, related: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{links}/{kind}" Target="{target}"/>' for key, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _escaped(code: str) -> str:
    return code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
