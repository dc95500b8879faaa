"""Reads one tag taken by itself, so that every tag's own mistakes are told at once."""

from __future__ import annotations

from functools import lru_cache

import jinja2
from jinja2 import nodes

from pbreports.tags.blocks import KNOWN_WORDS, end_of, is_known
from pbreports.tags.environment import MARKS, RESERVED, program_environment
from pbreports.tags.tokens import keyword
from pbreports.tags.wording import in_chinese, nearest

TOO_MUCH = (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError)
"""What Python raises for a source that is too deeply nested, or a number that is too long, to be compiled."""
DEEP = ("标签太长，或一层套一层太深", "请拆成几个，减少套的层数")


@lru_cache(maxsize=4096)
def complaint(source: str, *, is_value: bool) -> tuple[str, str, str] | None:
    """Return what is wrong with a tag's source: code, what, remedy; ``None`` when it can be read."""
    word = "" if is_value else keyword(source)
    if not is_value and not is_known(word):
        return "T-07", f"不认识“{word or source}”", KNOWN_WORDS
    try:
        tree = program_environment().parse(_alone(source, word))
        if found := _refused(tree) or _unknown_word(tree) or (_listed(tree) if is_value else None):
            return found
        program_environment().compile(tree, raw=True)
    except jinja2.TemplateSyntaxError as error:
        return "T-05", *unread(error)
    except TOO_MUCH:
        return "T-12", *DEEP
    return None


def _listed(tree: nodes.Template) -> tuple[str, str, str] | None:
    """Return what is wrong when a value is several, parted by commas."""
    several = any(isinstance(one, nodes.Tuple) for output in tree.find_all(nodes.Output) for one in output.nodes)
    return ("T-05", "标签写得不对，多了逗号", "一个标签只写一个值，请删去逗号") if several else None


def unread(error: jinja2.TemplateSyntaxError) -> tuple[str, str]:
    """Return what is wrong with a tag that cannot be read, and the remedy."""
    return f"标签写得不对，{in_chinese(error)}", "请改正"


def _alone(source: str, word: str) -> str:
    """Return a tag with just so much around it that it can be read alone."""
    if not word:
        return f"{MARKS['variable_start_string']} {source} {MARKS['variable_end_string']}"
    if word in {"elif", "else"}:
        return _controls("if 1", source, "endif")
    if word.startswith("end"):
        return _controls(_opening(word), source)
    return _controls(source, *filter(None, [end_of(source)]))


def _opening(end: str) -> str:
    """Return a tag that the end of a block ends."""
    word = end.removeprefix("end")
    given = {"for": " _ in ()", "if": " 1", "set": " _", "macro": " _()", "call": " _()", "filter": " string"}
    return word + given.get(word, "")


def _controls(*sources: str) -> str:
    """Return control tags one behind the other."""
    return "".join(f"{MARKS['block_start_string']} {each} {MARKS['block_end_string']}" for each in sources)


def _refused(tree: nodes.Template) -> tuple[str, str, str] | None:
    """Return the complaint about a name that belongs to the program."""
    named = (node for node in tree.find_all(nodes.Node) if isinstance(node, nodes.Name | nodes.NSRef | nodes.Macro))
    taken = {node.name for node in named} & RESERVED
    return ("T-11", f"不能用“{min(taken)}”这个名字", "请改正标签") if taken else None


def _unknown_word(tree: nodes.Template) -> tuple[str, str, str] | None:
    """Return the complaint about a filter or test that does not exist; Jinja overlooks those within conditions."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        is_filter = isinstance(node, nodes.Filter)
        known = program_environment().filters if is_filter else program_environment().tests
        if node.name not in known:
            kind = "写法" if is_filter else "判断"
            return "T-05", f"标签写得不对，没有“{node.name}”这个{kind}", nearest(node.name, known) or "请改正"
    return None
