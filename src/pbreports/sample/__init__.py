"""The sample district: a whole year's records, invented, and the workbooks that hold them."""

from pbreports.sample.writing import Written, write_sample

__all__ = ["Written", "write_sample"]
