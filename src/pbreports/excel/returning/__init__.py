"""The return: a fresh issue of the bureau's own workbook with the school's values in it, marked, with its list."""
