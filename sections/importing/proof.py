"""The proof that a stored report is its source, for the page and for the command."""

from pathlib import Path

from django.conf import settings

from sections.models import Report

from .build import prove
from .readers.text import kept_source
from .verify import Proof

SOURCES = settings.BASE_DIR / "fixtures" / "source"


def proof_of(report: Report, folder: Path = SOURCES) -> Proof:
    """The proof for a stored report, against the source file where the folder holds it."""
    return prove(report, kept_source(report.source_name, folder))
