"""All that knows Word: the format profile, the making of templates, their filling."""
