"""The year's declaration as frozen values: what is asked, what is right, what is counted, which papers come out.

Each attribute carries its name in YAML; ``docs/scheme.md`` explains them to staff.
"""

from pbreports.scheme.model.heading import (
    Amendments,
    Deadlines,
    Exemptions,
    Heading,
    LastYear,
    Official,
    Parameter,
    Period,
    Roster,
    Rulings,
    Switch,
    Waivers,
)
from pbreports.scheme.model.rules import (
    LEVEL,
    REPORTED,
    Algorithm,
    Clause,
    FieldSelector,
    FigureRule,
    ListRule,
    PaperRule,
    Rule,
    Scope,
    Tree,
)
from pbreports.scheme.model.sheets import BureauWorkbook, ConstantTable, Field, FieldKind, Layout, Preset, Sheet
from pbreports.scheme.model.whole import Scheme, SchemeFile

__all__ = [
    "LEVEL",
    "REPORTED",
    "Algorithm",
    "Amendments",
    "BureauWorkbook",
    "Clause",
    "ConstantTable",
    "Deadlines",
    "Exemptions",
    "Field",
    "FieldKind",
    "FieldSelector",
    "FigureRule",
    "Heading",
    "LastYear",
    "Layout",
    "ListRule",
    "PaperRule",
    "Parameter",
    "Period",
    "Preset",
    "Roster",
    "Rule",
    "Rulings",
    "Scheme",
    "SchemeFile",
    "Official",
    "Scope",
    "Sheet",
    "Switch",
    "Tree",
    "Waivers",
]
