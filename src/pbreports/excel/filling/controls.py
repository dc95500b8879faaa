"""Control tags of a sheet that stand over rows: which rows they hold only, which rows they begin and end with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pbreports.excel.filling.sheet import TemplateCell, TemplateRow, TemplateSheet
from pbreports.excel.filling.signs import HERE
from pbreports.excel.filling.strings import Fragment
from pbreports.excel.reader.address import column_letters
from pbreports.tags.blocks import Block, paired
from pbreports.tags.problems import Place, Problem
from pbreports.tags.tokens import Kind, Tag


@dataclass(frozen=True, slots=True)
class Control:
    """A control tag that stands over rows, its place; of a loop the rows that it repeats, and whether it has an else."""

    tag: Tag
    place: Place
    first: int = 0
    last: int = 0
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """The control tags before and after a row."""

    before: tuple[Control, ...] = ()
    after: tuple[Control, ...] = ()


NOTHING = Stays()


@dataclass(frozen=True)
class Lines:
    """The rows of a sheet, free of the control tags that stand over rows; which rows go, and which may be missing."""

    rows: tuple[TemplateRow, ...]
    stays: Mapping[int, Stays]
    vanishing: frozenset[int]
    conditional: frozenset[int]
    loops: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Lifted:
    tag: Tag
    place: Place
    row: int
    side: str
    first: int = 0
    last: int = 0
    otherwise: bool = False


def lined_up(sheet: TemplateSheet) -> Lines:
    """Return the rows of a sheet with the control tags that stand over them.

    A row that holds control tags and remarks alone goes, and they stand between its neighbours. A tag that opens in one cell what
    another cell closes stands before or after its whole row.
    """
    lifted: list[_Lifted] = []
    vanishing: set[int] = set()
    rows: list[TemplateRow] = []
    for row in sheet.rows:
        found = list(_lifted_from(row, sheet.title))
        if (found and found[0].side == "alone") or _is_remark(row):
            vanishing.add(row.number)
        lifted += sorted(found, key=lambda one: one.side == "after")
        rows.append(_without(row, found))
    blocks, unpaired = paired([one.tag for one in lifted])
    problems = [
        Problem("T-07" if one.unknown else "T-06", lifted[one.tag].place, one.what, one.remedy) for one in unpaired
    ]
    left_out = {one.tag for one in unpaired}
    conditional: set[int] = set()
    for block in blocks:
        conditional |= _held(block, lifted)
    conditional -= vanishing
    kept = [one for number, one in enumerate(lifted) if number not in left_out]
    loops = tuple((lifted[one.opens].row, lifted[one.closes].row) for one in blocks)
    return Lines(
        tuple(_declared(rows, conditional)),
        _stays(kept),
        frozenset(vanishing),
        frozenset(conditional),
        loops,
        tuple(problems),
    )


def _lifted_from(row: TemplateRow, title: str) -> Iterator[_Lifted]:
    """Yield the control tags of a row that stand over rows."""
    tags = [(cell, tag) for cell in row.cells for tag in cell.tags]
    alone = bool(tags) and all(tag.kind is Kind.CONTROL for _, tag in tags) and all(map(_is_bare, row.cells))
    for cell in row.cells:
        if not cell.tags:
            continue
        own = list(cell.tags)
        loose = {one.tag for one in paired(own)[1]}
        for number, tag in enumerate(own):
            if alone or number in loose or tag.scope == "tr":
                place = Place(title, "", f"{column_letters(cell.column)}{row.number}", tag.text)
                side = "alone" if alone else "after" if tag.keyword.startswith("end") else "before"
                yield _Lifted(tag, place, row.number, side)


def _is_remark(row: TemplateRow) -> bool:
    """Return whether a row holds remarks and nothing else."""
    return any(cell.remarked for cell in row.cells) and all(cell.empty for cell in row.cells)


def _is_bare(cell: TemplateCell) -> bool:
    """Return whether a cell holds nothing but tags."""
    if cell.texts:
        return all(isinstance(one.item, Tag) or not one.item.strip() for one in cell.texts)
    return cell.empty


def _without(row: TemplateRow, lifted: Sequence[_Lifted]) -> TemplateRow:
    if not lifted:
        return row
    gone = {(one.place.spot, one.tag.start) for one in lifted}
    return replace(row, cells=tuple(_cell_without(cell, row.number, gone) for cell in row.cells))


def _cell_without(cell: TemplateCell, row: int, gone: set[tuple[str, int]]) -> TemplateCell:
    spot = f"{column_letters(cell.column)}{row}"
    texts = tuple(one for one in cell.texts if not (isinstance(one.item, Tag) and (spot, one.item.start) in gone))
    if texts == cell.texts:
        return cell
    solid = [one for one in texts if isinstance(one.item, Tag) or one.item.strip()]
    if not solid:
        style = f' s="{cell.style}"' if cell.style else ""
        return TemplateCell(cell.column, cell.style, f"{cell.opening}{style}/>", empty=True)
    return replace(cell, texts=_trimmed(texts))


def _trimmed(texts: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """Return texts without the blanks that stood beside a tag that was taken out."""
    first, last = texts[0], texts[-1]
    made = list(texts)
    if isinstance(first.item, str):
        made[0] = Fragment(first.properties, first.item.lstrip())
    if isinstance(last.item, str):
        made[-1] = Fragment(last.properties, str(made[-1].item).rstrip())
    return tuple(one for one in made if one.item)


def _held(block: Block, lifted: Sequence[_Lifted]) -> set[int]:
    """Note the rows that a loop repeats; return those that may be missing, of an ``if`` or behind an ``else``."""
    opens, closes = lifted[block.opens], lifted[block.closes]
    first = opens.row + (opens.side != "before")
    last = closes.row - (closes.side != "after")
    if opens.tag.keyword == "if":
        return set(range(first, last + 1))
    if opens.tag.keyword != "for":
        return set()
    opens.first, opens.last = first, last
    middle = [lifted[one] for one in block.tags[1:-1]]
    if not middle:
        return set()
    opens.otherwise, opens.last = True, middle[0].row - 1
    return set(range(middle[0].row, last + 1))


def _stays(lifted: Sequence[_Lifted]) -> Mapping[int, Stays]:
    found: dict[int, Stays] = {}
    for one in lifted:
        control = Control(one.tag, one.place, one.first, one.last, one.otherwise)
        stays = found.get(one.row, NOTHING)
        if one.side == "after":
            found[one.row] = replace(stays, after=(*stays.after, control))
        else:
            found[one.row] = replace(stays, before=(*stays.before, control))
    return found


def _declared(rows: Sequence[TemplateRow], conditional: set[int]) -> Iterator[TemplateRow]:
    """Yield the rows in order, and empty ones where a row that may be missing was not declared."""
    known = {row.number: row for row in rows}
    for number in sorted(known.keys() | conditional):
        yield known.get(number) or TemplateRow(number, f'<row r="{HERE}">', 0, fixed=False, cells=())
