"""Editing: what the desk shows of each noun, one file a noun."""

from . import (
    articles,
    captions,
    context,
    convention,
    coverage,
    entries,
    error_reports,
    mentions,
    paragraphs,
    records,
    report,
    spans,
    thesaurus,
    undo,
    users,
)
from .labels import label_records

label_records()
