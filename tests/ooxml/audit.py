"""The independent judge of every workbook and document that the tests have written."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator, ValidationSeverity


def audit(path: Path) -> list[str]:
    """Return what the validator holds against a file, one line per error; warnings are left out."""
    result = OpenXmlValidator(max_errors=200).validate(path)
    return [str(error) for error in result.errors if error.severity is ValidationSeverity.ERROR]
