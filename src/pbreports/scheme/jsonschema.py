"""The JSON Schema of scheme files, made from the model, so that an editor completes and checks the YAML."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pbreports.scheme.declare import Expression, shape_of
from pbreports.scheme.model import SchemeFile

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": ["string", "number", "boolean"]},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Expression: {"type": ["string", "number", "boolean"]},
}


def json_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of a scheme file as text."""
    definitions: dict[str, Any] = {}
    root = _of_declaration(SchemeFile, definitions)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pbreports 方案", **root}
    return json.dumps({**whole, "$defs": definitions}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _of_declaration(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    slots = shape_of(kind).slots
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {slot.key: _described(_of(slot.kind, definitions), slot.doc) for slot in slots},
        "required": [slot.key for slot in slots if slot.required],
    }


def _described(schema: dict[str, Any], doc: str) -> dict[str, Any]:
    return {**schema, "description": doc} if doc else schema


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _of_union(arguments, definitions)
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return _reference(kind, definitions)


def _of_union(kinds: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if Decimal in kinds and str in kinds:
        return {"type": ["string", "number", "boolean", "array"]}
    present = [kind for kind in kinds if kind is not type(None)]
    if len(present) == 1:
        return _of(present[0], definitions)
    return {"anyOf": [_of(kind, definitions) for kind in present]}


def _reference(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if not dataclasses.is_dataclass(kind):
        return {}
    name = typing.cast(type, kind).__name__
    if name not in definitions:
        definitions[name] = {}  # stands while its own parts are made, so that a declaration may hold itself
        definitions[name] = _of_declaration(typing.cast(type, kind), definitions)
    return {"$ref": f"#/$defs/{name}"}
