"""Makes workbook templates from drafts: pages of tables with their heads, tags, live totals and subtotals."""

from pbreports.excel.drafting.build import build_template
from pbreports.excel.drafting.draft import read_draft

__all__ = ["build_template", "read_draft"]
