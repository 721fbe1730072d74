"""Editing: what the desk shows of each noun, one file a noun."""

from . import (
    activity,
    articles,
    captions,
    context,
    convention,
    coverage,
    entries,
    error_reports,
    locked_names,
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
