"""Seeded mutations of a valid workbook, from its cells down to the bytes of the package.

A mutation is its name and a number: the same always does the same. One to four of them make a recipe, which a seed
and a number give; so every example can be made again, and tried with fewer of its mutations.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from fuzz import in_cells, in_markup, in_parts, in_structure, in_zip
from fuzz.bases import Base
from fuzz.book import Book

Mutator = Callable[[Random, Book, Base, Sequence[Base]], str]

LAYERS: Sequence[tuple[int, Mapping[str, Mutator]]] = (
    (38, in_cells.MUTATORS),
    (28, in_structure.MUTATORS),
    (18, in_markup.MUTATORS),
    (7, in_parts.MUTATORS),
    (9, in_zip.MUTATORS),
)
"""The families of mutations with how often each is drawn, in the order in which they can be applied."""

MOST_MUTATIONS = 4
"""How many mutations a recipe has at most."""

_ALL: dict[str, Mutator] = {name: one for _, mutators in LAYERS for name, one in mutators.items()}
_LAYER = {name: place for place, (_, mutators) in enumerate(LAYERS) for name in mutators}
_IN_ZIP = len(LAYERS) - 1


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mutation: what is done, and the number that says how."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """One example: the valid workbook's place among the bases, the mutations in order, the way it is packed."""

    base: int
    mutations: tuple[Mutation, ...]
    stored: bool = False

    def without(self, place: int) -> Recipe:
        """Return the recipe with one mutation fewer."""
        return Recipe(self.base, self.mutations[:place] + self.mutations[place + 1 :], self.stored)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutated workbook: its bytes, and what was done in words."""

    data: bytes
    done: tuple[str, ...]


def recipe(seed: int, number: int, bases: int) -> Recipe:
    """Return the recipe of a number in the series that a seed gives."""
    random = Random(f"{seed}/{number}")
    count = random.choices(range(1, MOST_MUTATIONS + 1), [50, 25, 15, 10])[0]
    families = random.choices(LAYERS, [weight for weight, _ in LAYERS], k=count)
    names = sorted((random.choice(list(mutators)) for _, mutators in families), key=_LAYER.__getitem__)
    mutations = tuple(Mutation(name, random.getrandbits(32)) for name in names)
    return Recipe(random.randrange(bases), mutations, stored=random.random() < 0.3)


def mutant(what: Recipe, bases: Sequence[Base]) -> Mutant:
    """Return the workbook that a recipe makes."""
    base = bases[what.base]
    book, done = base.book.copy(), []
    for one in what.mutations:
        if _LAYER[one.name] == _IN_ZIP and not book.packed:
            book.packed = _packed(book, what)
        done.append(f"{one.name}: {_ALL[one.name](Random(one.number), book, base, bases)}")
    return Mutant(book.packed or _packed(book, what), tuple(done))


def _packed(book: Book, what: Recipe) -> bytes:
    return book.pack(zipfile.ZIP_STORED if what.stored else zipfile.ZIP_DEFLATED)
