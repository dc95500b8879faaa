"""The lists of words that the rules on texts go by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``words.toml``: reduplications, beginnings of words, units, verbs and words that narrow a number."""

    doubled: frozenset[str]
    beginnings: dict[str, tuple[str, ...]]
    repeated: frozenset[str]
    before_posts: frozenset[str]
    verbs: tuple[str, ...]
    narrowing: tuple[str, ...]
    units: str
    summing: tuple[str, ...]
    past: tuple[str, ...]
    until: frozenset[str]


@cache
def words() -> Words:
    """Return the shipped lists."""
    told = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    lists = {name: tuple(dict.fromkeys(text.split())) for name, text in told.items()}
    beginnings: dict[str, list[str]] = {}
    for word in lists["词首"]:
        beginnings.setdefault(word[0], []).append(word)
    return Words(
        doubled=frozenset(lists["叠字"] + lists["名字"]),
        beginnings={sign: tuple(found) for sign, found in beginnings.items()},
        repeated=frozenset(lists["叠词"]),
        before_posts=frozenset(lists["任职前"]),
        verbs=tuple(sorted(lists["动词"], key=len, reverse=True)),
        narrowing=lists["另有所指"],
        units="".join(lists["单位"]),
        summing=tuple(sorted(lists["概括"], key=len, reverse=True)),
        past=lists["已经"],
        until=frozenset(lists["截至"]),
    )
