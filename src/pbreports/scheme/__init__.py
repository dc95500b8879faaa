"""The year's declaration: what is asked, what is right, what is counted, which papers come out."""

from pbreports.scheme.load import load_scheme
from pbreports.scheme.model import Scheme

__all__ = ["Scheme", "load_scheme"]
