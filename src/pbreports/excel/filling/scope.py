"""Which lists are being gone through at a place of a template, and which further ones a row of it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pbreports.excel.filling.expressions import ORDINAL, Path, bound_in, chains, renamed
from pbreports.tags.tokens import Tag

_TARGETS = re.compile(r"for\s+(.+?)\s+in\s+(.+)", re.DOTALL)
_MADE = re.compile(r"(?:set|with|macro|call)\b([^=|]*)")
_GLOBAL = frozenset({"loop", "range", "dict", "namespace", "cycler", "joiner"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The lists whose rows have names here, by their dotted names, and the names that loops of the template have made.

    ``items`` are those of them that stand for the rows of a list.
    """

    names: Mapping[Path, str] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()

    def row(self, owner: Path) -> str:
        """Return the name that the row has on which a column hangs, empty when it is no row."""
        return self.names.get(owner) or (owner[0] if len(owner) == 1 and owner[0] in self.items else "")

    def source(self, body: str) -> str:
        """Return an expression as it reads here."""
        return renamed(body, self.names)

    def within(self, path: Path, name: str) -> Scope:
        """Return the scope in which the row of a list has a name."""
        return replace(self, names={**self.names, path: name})

    def after(self, tag: Tag) -> Scope:
        """Return the scope behind a control tag, which a loop or a setting opens to new names."""
        if found := _TARGETS.match(tag.body):
            targets = re.findall(r"\w+", found[1])
            walked = chains(found[2].strip())
            items = self.items | set(targets) if len(targets) == 1 else self.items - set(targets)
            made = replace(self, local=self.local | set(targets), items=items)
            whole = len(targets) == 1 and len(walked) == 1 and ".".join(walked[0].path) == found[2].strip()
            return made.within(walked[0].path, targets[0]) if whole else made
        if found := _MADE.match(tag.body):
            made_names = set(re.findall(r"\w+", found[1]))
            return replace(self, local=self.local | made_names, items=self.items - made_names)
        return self

    def list_of(self, path: Path) -> Path:
        """Return the list that must be gone through for a dotted name to be one value, empty for none."""
        if path[0] in _GLOBAL:
            return ()
        known = len(bound_in(path, self.names)) or (1 if path[0] in self.local else 0)
        return path[:-1] if len(path) - known >= 2 else ()

    def steps(self, path: Path) -> Iterator[Path]:
        """Yield the lists to go through, outer before inner, to come to the rows of a list."""
        known = len(bound_in((*path, ""), self.names)) or (1 if path[0] in self.local else 0)
        yield from (path[:end] for end in range(known + 1, len(path) + 1))


def lists_in(tags: Sequence[Tag], scope: Scope) -> tuple[Path, ...]:
    """Return the lists that the tags of a row speak of by their columns, longest first."""
    found: dict[Path, None] = {}
    for tag in tags:
        for chain in chains(tag.body):
            if path := scope.list_of(chain.path):
                found[path] = None
        scope = scope.after(tag)
    return tuple(sorted(found, key=len, reverse=True))


def ordinals_in(tags: Sequence[Tag]) -> Iterator[Path]:
    """Yield the lists whose rows' numbers are asked for."""
    for tag in tags:
        for chain in chains(tag.body):
            if chain.path[-1] == ORDINAL and len(chain.path) > 1:
                yield chain.path[:-1]
