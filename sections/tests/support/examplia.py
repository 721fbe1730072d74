"""The Republic of Examplia reports: texts in the form of a converted report, whole and in pieces."""

import json
from pathlib import Path

INPUTS = Path(__file__).resolve().parents[1] / "importing" / "warn"
EXAMPLIA = (INPUTS / "examplia.txt").read_bytes().decode()
CONTENTS = json.loads((INPUTS / "examplia-lost-headings.contents.json").read_text(encoding="utf-8"))


def report_of(*lines):
    """A short report in bytes: one reply, and the lines given below its heading."""
    return "\n".join(["\t\tReply to paragraph 1", *lines, ""]).encode()
