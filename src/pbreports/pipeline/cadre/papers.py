"""What the papers about candidates are to be: which copies there are, whom each is about, what each is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pbreports.errors import PbreportsError
from pbreports.pipeline.cadre.inspecting import Case
from pbreports.pipeline.year import Year
from pbreports.scheme.cadres import CANDIDATES, REVIEWS
from pbreports.scheme.language import Facts, Frame, Scene, Type, bind, bind_message
from pbreports.scheme.model.cadre import CadrePaper, Each
from pbreports.workspace import safe_name

_NOTICE = "任职文号"


@dataclass(frozen=True, slots=True)
class Copy:
    """One paper to be written: what it is called, under which name it stands, whom it is about."""

    paper: CadrePaper
    title: str
    path: Path
    cases: tuple[Case, ...]


def wanted(year: Year, names: Sequence[str]) -> tuple[CadrePaper, ...]:
    """Return the papers of the declaration that are named, all when none is.

    Raises:
        PbreportsError: when there is no paper of a name.
    """
    declared = {one.name: one for one in year.scheme.cadre.papers} if year.scheme.cadre else {}
    for name in names:
        if name not in declared:
            raise PbreportsError("考察文书", f"方案里没有叫“{name}”的考察文书", f"可以写：{'、'.join(declared)}")
    return tuple(declared[name] for name in names or declared)


def copies(
    year: Year, facts: Facts, fixed: Mapping[str, Any], paper: CadrePaper, cases: Sequence[Case]
) -> Iterator[Copy]:
    """Go through the copies of a paper in the order of the candidacies, each under its path below the outputs."""
    scene = Scene(year.vocabulary, CANDIDATES, district=True)
    frame = Frame(facts, fixed)
    applies = bind(paper.condition.text, scene, Type.TRUTH).run if paper.condition else None
    title = bind_message(paper.title.text, scene)
    chosen = [one for one in cases if applies is None or applies(frame.at(one.dossier.person.values)) is True]
    for about, some in _groups(paper, chosen):
        first = some[0].dossier.person.values
        name = safe_name(f"{paper.name}_{about}") + Path(paper.template).suffix
        yield Copy(paper, title(frame.at(first)), Path(safe_name(paper.name)) / name, tuple(some))


def _groups(paper: CadrePaper, cases: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    """Yield what a copy is called after, and whom it is about."""
    if paper.each is Each.PERSON:
        yield from _people(cases)
        return
    groups: dict[str, list[Case]] = defaultdict(list)
    for one in cases:
        told = one.dossier.batch if paper.each is Each.BATCH else one.dossier.told(REVIEWS, _NOTICE)
        if told:
            groups[str(told)].append(one)
    yield from groups.items()


def _people(cases: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    """Yield each candidacy by batch and name; of namesakes in a batch each with its code too."""
    names = Counter((one.dossier.batch, one.dossier.name) for one in cases)
    for one in cases:
        dossier = one.dossier
        alone = names[dossier.batch, dossier.name] == 1
        yield f"{dossier.batch}_{dossier.name}{'' if alone else f'_{dossier.code}'}", [one]
