"""The tag language of templates: its sandbox, its filters, the values it sees, the names a template uses."""
