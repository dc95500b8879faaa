"""Office packages in and out: read safely, written deterministically, mended where the writing libraries err."""
