"""The proof that a stored report is its source, for the page and for the command."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sections.models import Report
from sections.models.content_version import current_version

from .build import read_back
from .verify import Proof, verify

SOURCES = settings.BASE_DIR / "fixtures" / "source"


def proof_of(report: Report, folder: Path = SOURCES) -> Proof:
    """The proof for a stored report as it is now, against the source file where the folder holds it."""
    hashes = dict(report.paragraphs.values_list("number", "sha256"))
    return verify(read_back(report), hashes, _source(report.source_name, folder))


def kept_proof(report: Report) -> Proof:
    """The same proof, worked out once for each source file and content version."""
    source = _source(report.source_name, SOURCES)
    digest = hashlib.sha256(source).hexdigest() if source is not None else ""
    return _kept_proof(report.pk, report.source_name, digest, current_version().content)


def _source(name, folder):
    """The bytes of the source file of that name, or None."""
    path = folder / name
    return path.read_bytes() if name and path.name == name and path.is_file() else None


@lru_cache(maxsize=8)
def _kept_proof(report_pk, source_name, digest, version):
    """The arguments after the first tell one state of the report and its source from another."""
    return proof_of(Report.objects.get(pk=report_pk))
