"""RIS, which reference managers such as Zotero and EndNote read."""

from sections.exports import FileFormat
from sections.models import Paragraph


def ris(paragraph: Paragraph, place: str, address: str) -> str:
    """The record of a place such as "para. 3", its lines ended as the format asks; unknown dates are left out."""
    report = paragraph.report
    day = report.date_distributed or report.date_received
    fields = [
        ("TY", "RPRT"),
        ("AU", report.state_party),
        ("TI", report.title),
        ("PB", "United Nations"),
        ("A2", report.treaty_body),
        ("M1", report.symbol),
        ("PY", f"{day:%Y}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("SP", place),
        ("LA", report.language),
        ("UR", address),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


RIS = FileFormat("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris)
