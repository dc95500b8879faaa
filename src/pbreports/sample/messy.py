from __future__ import annotations
def messy_reports(desk, reports):
    return reports
