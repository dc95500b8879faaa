"""Lets ``python -m pbreports`` do what the console script does."""

from __future__ import annotations

from pbreports.cli import main

if __name__ == "__main__":
    main()
