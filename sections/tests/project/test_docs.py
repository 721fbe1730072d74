"""The documentation is compared with the code that it describes."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from sections.tests.support.house import ROOT

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench" / "README.md", ROOT / "fixtures" / "README.md"]
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
CODE_PATH = re.compile(r"`((?:sections|reportsite|templates|static|bench|deploy|fixtures|docs)/[\w./-]*)`")
SETTING = re.compile(r"""env\.\w+\(\s*"([A-Z_]+)"|os\.environ\.get\("([A-Z_]+)\"""")
NOT_FOR_OPERATORS = {"DJANGO_SETTINGS_MODULE"}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def table_column(text: str, heading: str) -> list[str]:
    """The first cells of the table whose first heading this is."""
    rows = text[text.index(f"| {heading} |") :].split("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_links_only_to_files_that_exist(document: Path):
    text = document.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_names_only_folders_and_files_that_exist(document: Path):
    paths = CODE_PATH.findall(document.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_it_describes_every_setting_and_no_other():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "reportsite").glob("*.py")))
    settings = {name for pair in SETTING.findall(code) for name in pair if name} - NOT_FOR_OPERATORS
    cells = table_column(read("docs/operations.md"), "variable")
    assert {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)} == settings


def test_it_describes_every_command_of_the_site():
    commands = {name for name, app in get_commands().items() if app == "sections"} - {"loaddata"}
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert [command for command in sorted(commands) if not re.search(rf"\b{command}\b", text)] == []


def test_it_describes_every_target_of_the_makefile():
    targets = set(re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)[1].split()) - {"help"}
    cells = table_column(read("CONTRIBUTING.md"), "command")
    assert {cell.strip("`").removeprefix("make ") for cell in cells} == targets


def test_it_keeps_the_readme_to_one_screen():
    assert len(read("README.md").splitlines()) <= 60
