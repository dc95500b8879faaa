"""Papers on paper: LibreOffice converts them, poppler's programs tell what stands where, and that is judged."""
