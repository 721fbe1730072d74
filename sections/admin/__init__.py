"""Editing: what the desk shows of each noun, one file a noun."""

from . import (
    articles,
    context,
    convention,
    coverage,
    entries,
    error_reports,
    mentions,
    paragraphs,
    thesaurus,
    undo,
    users,
)
