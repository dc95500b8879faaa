"""The expression language of rules, derived fields, figures and conditions.

``syntax`` parses text to a tree and refuses everything not allowed; ``bind`` checks the types against the scheme
and compiles the tree to a function of a ``Frame``; ``functions`` and ``aggregates`` hold what can be called;
``facts`` what is asked.
"""

from pbreports.scheme.language.aggregates import AGGREGATES, names_in_order, names_used, sheets_named
from pbreports.scheme.language.bind import Bound, bind, bind_message
from pbreports.scheme.language.facts import Facts, Frame
from pbreports.scheme.language.scene import Scene, Vocabulary
from pbreports.scheme.language.syntax import ExpressionError, parse
from pbreports.scheme.language.types import Type

__all__ = [
    "AGGREGATES",
    "Bound",
    "ExpressionError",
    "Facts",
    "Frame",
    "Scene",
    "Type",
    "Vocabulary",
    "bind",
    "bind_message",
    "names_in_order",
    "names_used",
    "parse",
    "sheets_named",
]
