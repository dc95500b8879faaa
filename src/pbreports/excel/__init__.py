"""All that knows spreadsheets: read, issue, intake, annotate, fill."""
