"""The format profile: the parameters of GB/T 9704-2012 that templates are built from and papers are checked against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from pbreports.errors import PbreportsError, SchemeError, reason_of
from pbreports.faults import Strength
from pbreports.scheme.compose import compose
from pbreports.scheme.declare import NodeReader, Place, Problems, UnreadableNodeError, key, suggest
from pbreports.scheme.model.format import Parameter, Profile, Unit

if TYPE_CHECKING:
    from pathlib import Path

    import yaml

__all__ = ["OVERRIDE", "FormatProfileError", "Parameter", "Profile", "Strength", "Unit", "load_profile", "read_profile"]

SHIPPED = "gbt9704.yaml"
OVERRIDE = "公文格式.yaml"
"""The name of the file in a workspace's templates/ that says what the bureau lays down otherwise."""
_CONVENTION, _FONTS = "页边距写法", "字体"


class FormatProfileError(SchemeError):
    """The declaration of the format holds mistakes; all of them are named, each with file and line."""

    def __init__(self, problems: Sequence[PbreportsError]) -> None:
        super().__init__(problems)
        self.where = OVERRIDE


@dataclass(frozen=True, slots=True)
class _Entry:
    """A parameter as the file declares it."""

    name: str = key("名称")
    code: str = key("代号")
    value: Decimal | str = key("值")
    unit: Unit = key("单位")
    strength: Strength = key("力度")
    clause: str = key("条款", default="")
    tolerance: Decimal = key("允差", default=Decimal(0))
    place: Place = field(default_factory=lambda: Place("", 0))


@dataclass(frozen=True, slots=True)
class _Convention:
    """A convention for margins: which parameters it sets."""

    name: str = key("名称")
    code: str = key("代号")
    values: Mapping[str, Decimal] = key("值")


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """The profile's file as it is declared."""

    title: str = key("名称")
    default: str = key("缺省写法")
    conventions: tuple[_Convention, ...] = key("页边距写法")
    fonts: Mapping[str, tuple[str, ...]] = key("字体")
    sizes: Mapping[str, Decimal] = key("字号")
    parameters: Mapping[str, tuple[_Entry, ...]] = key("参数")


def load_profile(convention: str = "", override: Path | None = None) -> Profile:
    """Return the profile under a convention, the file's default when none is named, with what the bureau lays down.

    The convention 补偿 (``measured``) sets the margins so that the glyphs fill the type area (22 lines of 28
    characters), 照写 (``literal``) writes the standard's 37 and 35 mm as page margins. ``override`` is a YAML file of
    names and values (``行距: 28``); besides parameters it may name the convention (``页边距写法: 照写``) and the
    fonts of a class (``字体: {仿宋: [仿宋]}``). A convention that is asked for goes before the file's.

    Raises:
        KeyError: when there is no such convention.
        FormatProfileError: with every mistake of the file, each named by file and line.
    """
    if override is None:
        return _under(convention)
    problems = Problems()
    own = _Own(override.name, compose(_text_of(override), override.name, problems), problems)
    profile = own.applied(_under(convention or own.convention()))
    if problems.found:
        raise FormatProfileError(problems.in_order())
    return profile


@cache
def _under(convention: str) -> Profile:
    """Return the shipped profile under a convention."""
    declared = read_profile(files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8"), SHIPPED)
    asked = convention or declared.default
    chosen = next((one for one in declared.conventions if asked in {one.name, one.code}), None)
    if chosen is None:
        raise KeyError(convention)
    values = {name: float(value) for name, value in chosen.values.items()}
    parameters = (_parameter(entry, group) for group, entry in _entries(declared))
    made = {one.key: replace(one, value=values.get(one.name, one.value)) for one in parameters}
    sizes = MappingProxyType({name: float(size) for name, size in declared.sizes.items()})
    return Profile(declared.title, chosen.code, MappingProxyType(made), MappingProxyType(dict(declared.fonts)), sizes)


def conventions() -> Mapping[str, str]:
    """Return the conventions for margins: their codes, and how staff call them."""
    declared = read_profile(files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8"), SHIPPED)
    return {one.code: one.name for one in declared.conventions}


def _parameter(entry: _Entry, group: str) -> Parameter:
    """Return one entry of the profile file as a value."""
    value = float(entry.value) if isinstance(entry.value, Decimal) else entry.value
    return Parameter(
        entry.code, entry.name, value, entry.unit, entry.clause, entry.strength, float(entry.tolerance), group
    )


@cache
def read_profile(text: str, name: str) -> ProfileFile:
    """Return a whole profile file's declarations.

    Raises:
        FormatProfileError: with every mistake, each named by file and line.
    """
    problems = Problems()
    node = compose(text, name, problems)
    declared: ProfileFile | None = None
    if node is not None:
        with suppress(UnreadableNodeError):
            declared = NodeReader(name, problems).declaration(node, ProfileFile)
    for _, entry in _entries(declared) if declared else ():
        _note_misfit(entry, problems)
    if problems.found or declared is None:
        raise FormatProfileError(problems.in_order())
    return declared


def _entries(declared: ProfileFile) -> Iterator[tuple[str, _Entry]]:
    """Yield the parameters with the name of their group."""
    for group, entries in declared.parameters.items():
        for entry in entries:
            yield group, entry


def _note_misfit(entry: _Entry, problems: Problems) -> None:
    """Note what does not hold together in one entry: value and unit, clause and strength."""
    if what := _misfit(entry.value, entry.unit):
        problems.add(entry.place.of("值"), f"“{entry.name}”的值“{entry.value}”{what}")
    if bool(entry.clause) == (entry.strength is Strength.PRACTICE):
        problems.add(entry.place, f"“{entry.name}”的条款和力度对不上", "标准有规定的写条款，惯例不写条款")


def _misfit(value: object, unit: Unit) -> str:
    """Return in words why a value is none of its unit, nothing when it is."""
    if unit.is_number:
        return "" if isinstance(value, Decimal) else "不是数"
    if not isinstance(value, str) or not value:
        return "不是文字"
    if unit is Unit.PATTERN:
        try:
            re.compile(value)
        except re.error:
            return "不是正则表达式"
    return ""


def _text_of(path: Path) -> str:
    """Return the text of the bureau's file.

    Raises:
        FormatProfileError: when it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        trouble = PbreportsError(path.name, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试")
    except UnicodeDecodeError:
        trouble = PbreportsError(path.name, "不是 UTF-8 编码", "请用 UTF-8 编码另存")
    raise FormatProfileError([trouble])


class _Own:
    """What a bureau lays down itself: single values by the parameters' names."""

    def __init__(self, file: str, node: yaml.Node | None, problems: Problems) -> None:
        self.problems = problems
        self.reader = NodeReader(file, problems)
        self.entries: dict[str, yaml.Node] = {}
        self.lines: dict[tuple[str, ...], int] = {}
        if node is not None:
            self.lines = self.reader.key_lines(node)
            with suppress(UnreadableNodeError):
                self.entries = self.reader.entries(node)

    def convention(self) -> str:
        """Return the convention for margins that the file names, empty when it names none."""
        node = self.entries.get(_CONVENTION)
        if node is None:
            return ""
        known = conventions()
        with suppress(UnreadableNodeError):
            named = str(self.reader.read(node, str))
            if named in {*known, *known.values()}:
                return named
            self.reader.wrong(node, f"没有“{named}”这种页边距写法", suggest(named, list(known.values())))
        return ""

    def applied(self, profile: Profile) -> Profile:
        """Return the profile with the bureau's values; mistakes are noted."""
        by_name = {one.name: one for one in profile.parameters.values()}
        parameters = dict(profile.parameters)
        for name, node in self.entries.items():
            if name in by_name:
                parameter = self._parameter(by_name[name], node)
                parameters[parameter.key] = parameter
            elif name not in {_CONVENTION, _FONTS}:
                self.reader.problems.add(self._place(name), f"没有“{name}”这个参数", suggest(name, list(by_name)))
        made = replace(profile, parameters=MappingProxyType(parameters), classes=self._classes(profile))
        self._hold_together(made)
        return made

    def _place(self, name: str) -> Place:
        return Place(self.reader.file, self.lines.get((name,), 1))

    def _parameter(self, standard: Parameter, node: yaml.Node) -> Parameter:
        """Return a parameter with the bureau's value, as it is when that fits not its unit."""
        with suppress(UnreadableNodeError):
            value = self.reader.read(node, Decimal if standard.unit.is_number else str)
            if what := _misfit(value, standard.unit):
                raise self.reader.wrong(node, f"“{standard.name}”的值“{value}”{what}")
            if isinstance(value, Decimal):
                return replace(standard, value=float(value), own=float(value) != standard.value)
            return replace(standard, value=str(value), own=value != standard.value)
        return standard

    def _classes(self, profile: Profile) -> Mapping[str, tuple[str, ...]]:
        """Return the fonts of each class, the bureau's before those of the profile."""
        node = self.entries.get(_FONTS)
        own: Mapping[str, tuple[str, ...]] = {}
        if node is not None:
            with suppress(UnreadableNodeError):
                own = self.reader.read(node, Mapping[str, tuple[str, ...]])
        for name in own:
            if name not in profile.classes:
                place = Place(self.reader.file, self.lines.get((_FONTS, name), 1))
                self.problems.add(place, f"没有“{name}”这一类字体", suggest(name, list(profile.classes)))
        known = profile.classes.items()
        return MappingProxyType({name: tuple(dict.fromkeys((*own.get(name, ()), *fonts))) for name, fonts in known})

    def _hold_together(self, profile: Profile) -> None:
        """Note measures that cannot stand beside each other on one page."""
        wide = profile.mm("page_width") - profile.mm("margin_left") - profile.mm("margin_right")
        if abs(wide - profile.mm("area_width")) > profile["area_width"].tolerance:
            what = f"纸宽减去左右页边距是{wide:g}毫米，与版心宽{profile['area_width'].shown}对不上"
            self.problems.add(self._first("纸宽", "左页边距", "右页边距", "版心宽"), what, "请一并改")
        high = (profile.mm("page_height") - profile.mm("margin_top") - profile.mm("margin_bottom")) / 25.4 * 72
        if profile.number("lines_per_side", "line") * profile.pt("line_pitch") > high + 1:
            what = f"{profile['lines_per_side'].shown}、行距{profile['line_pitch'].shown}，上下页边距之间排不下"
            self.problems.add(self._first("每面行数", "行距", "上页边距", "下页边距", "纸高"), what, "请一并改")

    def _first(self, *names: str) -> Place:
        return next((self._place(name) for name in names if name in self.entries), self._place(""))
