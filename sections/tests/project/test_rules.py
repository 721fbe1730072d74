"""The rules of the house, held by reading the code."""

import re

import pytest
from django.core.management import call_command

from sections.tests.support.house import ROOT, broken_rules, too_long, too_wide, tracked_files


def test_it_imports_only_rooms_below():
    assert broken_rules(tracked_files(".py")) == []


def test_it_keeps_files_short():
    assert too_long(tracked_files(".py", ".html", ".css", ".js")) == []


def test_it_keeps_the_lines_of_templates_readable():
    assert too_wide(tracked_files(".html")) == []


def test_it_names_a_line_of_a_template_that_is_too_long(tmp_path):
    (tmp_path / "page.html").write_text("<p>\n" + "a" * 161 + "\n" + "a" * 160 + "\n")
    assert too_wide([tmp_path / "page.html"], tmp_path) == ["page.html:2: 161 characters"]


def test_it_names_file_line_and_rule_when_a_layer_is_broken(tmp_path):
    files = {
        "sections/queries/fruits.py": "from sections.models import Fruit\nfrom sections.views import fruits\n",
        "sections/linking/fruits.py": "from django.db import models\nfrom .sync import carry_out\n",
        "sections/search/service.py": "from .engine.scoring import rank\n",
        "sections/search/engine/scoring.py": "from sections.search.service import find\n",
        "sections/api/fruits.py": "from sections.search import service\nfrom sections.search.engine import scoring\n",
        "sections/views/fruits.py": "def fruit():\n    from sections.queries import fruits\n",
        "sections/citing/fruits.py": "from django.utils.safestring import mark_safe\n",
        "sections/helpers.py": "x = 1\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert broken_rules([tmp_path / name for name in files], tmp_path) == [
        "sections/queries/fruits.py:2: sections.queries (layer 3) imports sections.views (layer 8)",
        "sections/linking/fruits.py:1: sections.linking knows nothing of Django, but imports django.db.models",
        "sections/linking/fruits.py:2: sections.linking (layer 1) imports sections.linking.sync (layer 4)",
        "sections/search/engine/scoring.py:1: sections.search.engine (layer 1) imports sections.search (layer 4)",
        "sections/api/fruits.py:2: imports sections.search.engine.scoring: "
        "the only entry point of sections.search is sections.search.service",
        "sections/views/fruits.py:2: imports sections.queries.fruits inside a function",
        "sections/citing/fruits.py:1: only sections.charts and sections.markup mark text as safe, not sections.citing",
        "sections/helpers.py:1: belongs to no room",
    ]


def test_it_names_a_file_that_is_too_long(tmp_path):
    (tmp_path / "long.css").write_text("a\n" * 301)
    (tmp_path / "short.css").write_text("a\n" * 300)
    assert too_long(sorted(tmp_path.iterdir()), tmp_path) == ["long.css: 301 lines"]


def test_it_marks_nothing_safe_in_a_template():
    marked = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off")
    pages = tracked_files(".html")
    assert [str(page.relative_to(ROOT)) for page in pages if marked.search(page.read_text(encoding="utf-8"))] == []


def test_it_writes_no_script_or_style_into_a_template():
    written = re.compile(r"<style\b|<script(?![^>]*\bsrc=)(?![^>]*\bjson)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    pages = tracked_files(".html")
    assert [str(page.relative_to(ROOT)) for page in pages if written.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.django_db
def test_it_has_a_migration_for_every_model(capsys):
    call_command("makemigrations", "--check", "--dry-run")
    assert capsys.readouterr().out == "No changes detected\n"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_it_locks_every_requirement_by_hash_and_names_no_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9].*(?:\n {4}.*)*", text, re.MULTILINE)
    assert pinned
    assert [each.splitlines()[0] for each in pinned if "==" not in each or "--hash=sha256:" not in each] == []
    assert re.findall(r"://|^-i |^--\S+", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_it_says_why_each_requirement_is_there(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    assert [line for line in wanted if not re.search(r" # \S+ \S+", line)] == []
