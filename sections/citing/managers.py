"""A place in a report as the files that reference managers read: RIS and BibTeX."""

import re

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What TeX takes for a command, and how to write it so that it is printed.
TEX = {character: f"\\{character}" for character in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def ris(report, place: str, address: str) -> str:
    """The record of a place such as "para. 3" in the RIS format, its lines ended as the format asks."""
    day = report.date_distributed or report.date_received
    rows = [
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
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def bibtex(report, place: str, address: str) -> str:
    """The record of a place such as "para. 3" as a BibTeX entry; what TeX would read as a command is escaped."""
    day = report.date_distributed or report.date_received
    rows = [
        ("author", f"{{{_tex(report.state_party)}}}"),
        ("title", f"{{{_tex(report.title)}}}"),
        ("institution", f"United Nations, {_tex(report.treaty_body)}"),
        ("type", "UN Doc."),
        ("number", _tex(report.symbol)),
        ("year", f"{day:%Y}" if day else ""),
        ("note", _tex(place)),
        ("url", address),
    ]
    fields = [f"  {name} = {{{value}}}" for name, value in rows if value]
    if day:
        fields.insert(-2, f"  month = {MONTHS[day.month - 1]}")
    key = re.sub(r"[^a-z0-9]+", "-", f"{report.symbol} {place}".lower()).strip("-")
    return f"@techreport{{{key},\n" + ",\n".join(fields) + "\n}\n"


def _tex(words):
    return "".join(TEX.get(character, character) for character in words)
