"""Editing: what the desk shows of each noun, one file a noun."""

from . import articles, entries, error_reports, paragraphs, thesaurus, users
