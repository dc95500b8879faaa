"""Checks the form of any Word document against the format profile."""
