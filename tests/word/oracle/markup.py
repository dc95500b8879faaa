"""Word markup written by hand: short functions that give exactly the elements a template is to hold."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Mapping

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOTE_ROOTS = {"footnotes": "footnote", "endnotes": "endnote"}


# ---------------------------------------------------------------- text


def t(text: str) -> str:
    """Return a text element; blanks at its edges count."""
    return f'<w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t>'


def r(text: str = "", props: str = "", *, inside: str = "", attributes: str = "") -> str:
    """Return a run of text with its properties, or of the elements ``inside``."""
    shape = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f"<w:r{' ' if attributes else ''}{attributes}>{shape}{inside or t(text)}</w:r>"


def runs(content: str) -> str:
    """Return markup as it is, and text as one run."""
    return content if content.startswith("<") else r(content)


def p(*content: str, props: str = "", attributes: str = "") -> str:
    """Return a paragraph of runs; plain text becomes a run."""
    shape = f"<w:pPr>{props}</w:pPr>" if props else ""
    return f"<w:p{' ' if attributes else ''}{attributes}>{shape}{''.join(map(runs, content))}</w:p>"


def ps(*texts: str) -> str:
    """Return one paragraph for each text."""
    return "".join(p(text) for text in texts)


def styled(style: str, *content: str) -> str:
    """Return a paragraph of a style."""
    return p(*content, props=f'<w:pStyle w:val="{style}"/>')


def numbered(text: str, level: int = 0) -> str:
    """Return a paragraph of the list that ``package`` declares."""
    return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


# ---------------------------------------------------------------- tables


def tc(*blocks: str, props: str = "", span: int = 1, width: int = 2000) -> str:
    """Return a cell of blocks; plain text becomes a paragraph."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shape = f'<w:tcPr><w:tcW w:w="{width * span}" w:type="dxa"/>{wide}{props}</w:tcPr>'
    made = "".join(block if block.startswith("<") else p(block) for block in blocks or ("",))
    return f"<w:tc>{shape}{made}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """Return a row of cells; plain text becomes a cell."""
    shape = f"<w:trPr>{props}</w:trPr>" if props else ""
    return f"<w:tr>{shape}{''.join(cell if cell.startswith('<w:') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str | tuple[str, ...], columns: int, width: int = 2000, props: str = "") -> str:
    """Return a table of rows; a tuple of cells becomes a row."""
    shape = props or '<w:tblW w:w="0" w:type="auto"/>'
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    made = "".join(row if isinstance(row, str) else tr(*row) for row in rows)
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


# ---------------------------------------------------------------- what stands between and around


def bookmark(name: str, number: int, *content: str) -> str:
    """Return runs within a bookmark."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{"".join(map(runs, content))}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, result: str) -> str:
    """Return a complex field: its instruction and its result."""
    kinds = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
    code = f'<w:instrText xml:space="preserve">{html.escape(instruction, quote=False)}</w:instrText>'
    return "".join(r(inside=each) for each in (kinds[0], code, kinds[1])) + r(result) + r(inside=kinds[2])


def section(inside: str = "") -> str:
    """Return the properties of a section."""
    page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
    return f"<w:sectPr>{inside}{page}</w:sectPr>"


def box(*blocks: str, number: int = 1) -> str:
    """Return a run with a text box as Word writes it: the drawing, and the same text again for older programs."""
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/>{_FRAME}<wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>'
    data = f'<a:graphicData uri="{NAMESPACES["wps"]}">{shape}</a:graphicData>'
    frame = f'<wp:extent cx="914400" cy="914400"/><wp:docPr id="{number}" name="文本框 {number}"/><a:graphic>{data}</a:graphic>'
    drawing = f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{frame}</wp:inline></w:drawing>'
    old = f'<w:pict><v:shape id="_{number}" style="width:72pt;height:72pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return r(inside=f"<mc:AlternateContent>{both}</mc:AlternateContent>")


def picture(description: str, number: int = 1) -> str:
    """Return a run with the package's small picture and its alternative text."""
    said = html.escape(description)
    named = f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图片 {number}" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr>'
    fill = '<pic:blipFill><a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    shape = _FRAME.replace("wps:", "pic:")
    data = f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>{named}{fill}{shape}</pic:pic></a:graphicData>'
    frame = f'<wp:extent cx="914400" cy="914400"/><wp:docPr id="{number}" name="图片 {number}" descr="{said}"/><a:graphic>{data}</a:graphic>'
    return r(inside=f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{frame}</wp:inline></w:drawing>')


# ---------------------------------------------------------------- the package


def package(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file around a body and its further parts.

    ``parts`` are the insides of ``header-default``, ``header-first``, ``header-even``, ``footer-…``, ``footnotes``,
    ``endnotes`` (both by ``note``) and ``core`` (the elements of the core properties).
    """
    stories = {kind: content for kind, content in (parts or {}).items() if kind != "core"}
    files = {f"word/{kind}.xml": _part(kind, content) for kind, content in stories.items()}
    files["word/document.xml"] = (
        f"{_HEAD}<w:document {_DECLARED}><w:body>{_bodied(body, stories)}</w:body></w:document>"
    )
    files["word/settings.xml"] = f"{_HEAD}<w:settings {_DECLARED}><w:evenAndOddHeaders/></w:settings>"
    files["word/styles.xml"] = f"{_HEAD}<w:styles {_DECLARED}>{_STYLES}</w:styles>"
    files["word/numbering.xml"] = f"{_HEAD}<w:numbering {_DECLARED}>{_NUMBERING}</w:numbering>"
    files["docProps/core.xml"] = _core((parts or {}).get("core", ""))
    files["word/_rels/document.xml.rels"] = _relations(stories)
    files["_rels/.rels"] = _root_relations()
    files["[Content_Types].xml"] = _types(stories)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("word/media/image1.png", PICTURE)
    return stream.getvalue()


def note(number: int, *content: str) -> str:
    """Return a note of the part ``footnotes`` or ``endnotes``; its place in the text is ``note_mark``."""
    return f'<w:NOTE w:id="{number}">{p(*content)}</w:NOTE>'


def note_mark(number: int, kind: str = "footnote") -> str:
    """Return the run that refers to a note."""
    return r(inside=f'<w:{kind}Reference w:id="{number}"/>')


def _bodied(body: str, stories: Mapping[str, str]) -> str:
    """Return the body with a last section that refers to its headers and footers."""
    if body.endswith("</w:sectPr>"):
        return body
    shown = [kind for kind in stories if kind.partition("-")[0] in {"header", "footer"}]
    title = "<w:titlePg/>" if any(kind.endswith("first") for kind in shown) else ""
    return body + section("".join(map(reference, shown))).replace("</w:sectPr>", f"{title}</w:sectPr>")


def reference(kind: str) -> str:
    """Return a section's reference to a header or footer of the package (``header-first``)."""
    what, _, when = kind.partition("-")
    return f'<w:{what}Reference w:type="{when}" r:id="rId-{kind}"/>'


def _part(kind: str, content: str) -> str:
    """Return a header, a footer or the notes as a whole part."""
    if (element := _NOTE_ROOTS.get(kind)) is None:
        tag = "hdr" if kind.startswith("header") else "ftr"
        return f"{_HEAD}<w:{tag} {_DECLARED}>{content}</w:{tag}>"
    rule = f'<w:{element} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{element}>'
    return f"{_HEAD}<w:{kind} {_DECLARED}>{rule}{content.replace('w:NOTE', f'w:{element}')}</w:{kind}>"


def _core(inside: str) -> str:
    """Return the core properties."""
    spaces = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    return f"{_HEAD}<cp:coreProperties {spaces}>{inside}</cp:coreProperties>"


def _relation(name: str, kind: str, target: str, *, outside: bool = False) -> str:
    """Return one relationship."""
    mode = ' TargetMode="External"' if outside else ""
    uri = kind if kind.startswith("http") else f"{NAMESPACES['r']}/{kind}"
    return f'<Relationship Id="{name}" Type="{uri}" Target="{target}"{mode}/>'


def _relations(stories: Mapping[str, str]) -> str:
    """Return the document's relationships: its parts, the small picture, a link to the outside."""
    made = [_relation(f"rId-{kind}", kind.partition("-")[0], f"{kind}.xml") for kind in stories]
    made += [_relation(f"rIdOf-{kind}", kind, f"{kind}.xml") for kind in ("styles", "settings", "numbering")]
    made += [_relation("rIdPicture", "image", "media/image1.png")]
    made += [_relation("rIdLink", "hyperlink", "https://example.org/", outside=True)]
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _root_relations() -> str:
    """Return the package's relationships."""
    core = _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    main = _relation("rId1", "officeDocument", "word/document.xml")
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{main}{core}</Relationships>'


def _types(stories: Mapping[str, str]) -> str:
    """Return the content types of the parts."""
    kinds = {f"/word/{kind}.xml": f"{_WORD}.{kind.partition('-')[0]}+xml" for kind in stories}
    kinds |= {f"/word/{kind}.xml": f"{_WORD}.{kind}+xml" for kind in ("styles", "settings", "numbering")}
    kinds |= {"/word/document.xml": f"{_WORD}.document.main+xml"}
    kinds |= {"/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    made = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    ends = '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>'
    ends += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{ends}{made}</Types>'


_FRAME = (
    '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
)
_STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="character" w:styleId="qiang"><w:name w:val="强调"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/></w:style>
"""
_LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{1}."/><w:lvlJc w:val="left"/></w:lvl>'
_NUMBERING = f'<w:abstractNum w:abstractNumId="0">{_LEVEL.format(0, 1)}{_LEVEL.format(1, 2)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'

# A picture of one grey point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
