"""From school workbooks to papers that can be signed: collect, check, count, rate and write."""

__version__ = "0.1.0"
