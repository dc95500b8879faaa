"""Tables whose headers hold tags: their columns are called as the header cells say."""

from __future__ import annotations

from pbreports.excel.filling.relations import relations
from pbreports.excel.filling.results import Results
from pbreports.excel.filling.strings import looks_tagged
from pbreports.excel.filling.trees import Trouble, Unknown
from pbreports.excel.reader.address import position
from pbreports.ooxml.markup import parse_xml, serialize


def name_columns(parts: dict[str, bytes], sheet: str, title: str, results: Results) -> None:
    """Call the columns of a sheet's tables as their header cells say, where their names hold tags."""
    for link in relations(parts, sheet):
        if link.kind == "table" and looks_tagged(parts[link.part].decode()):
            root = parse_xml(parts[link.part], link.part)
            corner = position(root.get("ref", "").partition(":")[0])
            for place, column in enumerate(root.iter("{*}tableColumn")):
                if corner and looks_tagged(column.get("name", "")):
                    column.set("name", _header(results, title, corner[0], corner[1] + place))
            parts[link.part] = serialize(root)


def _header(results: Results, title: str, row: int, column: int) -> str:
    """Return what a header cell says; line breaks stand as the format has them in names (ECMA-376 part 1, 22.9.2.19)."""
    try:
        told = results.value(title, row, column)
    except (Unknown, Trouble):
        told = None
    text = str(int(told)) if isinstance(told, float) and told == int(told) else str(told or f"列{column}")
    return text.replace("\n", "_x000a_")
