"""All that knows Word: the format profile, the making of templates, their filling."""

from pbreports.word.template import WordTemplate, compile_template

__all__ = ["WordTemplate", "compile_template"]
