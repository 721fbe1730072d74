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
    help,
    home,
    locked_names,
    mentions,
    paragraphs,
    records,
    report,
    spans,
    thesaurus,
    undo,
    users,
    watching,
)
from .labels import label_records

label_records()
