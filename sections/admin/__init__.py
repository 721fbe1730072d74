"""The editors' desk: a folder for each task, with the modules that all of them share beside the folders."""

from . import help, home
from .accounts import locked_names, users
from .entries import entry_admin
from .history import activity, undo, watching
from .labels import label_records
from .paragraphs import paragraph_admin
from .report import captions, convention, documents, error_reports, records, report_admin, spans, sums, thesaurus
from .review import article_links, coverage, mentions

label_records()
