"""The manual for editors at the desk: in each language, shown as HTML, and in step with the English one."""

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation
from django.utils.translation import gettext

from sections.admin.help import MANUALS
from sections.models import Preferences
from sections.tests.support.pages import read

ENGLISH = settings.LANGUAGE_CODE
TRANSLATIONS = sorted(MANUALS.keys() - {ENGLISH})
SHAPE = re.compile(r"#+ |\||- |```|\.venv\S+( [\w.]+){3}")  # headings, rows of tables, items, commands
ITALICS = re.compile(r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")
CODE = re.compile(r"`(/\w+/|[A-Z_]+=1|load_report [^`]+|\.\w+|id|version|slug|yes|true|delete)`")


@pytest.fixture
def ana(client, db):
    user = User.objects.create_user("ana", is_staff=True)
    client.force_login(user)
    return user


def texts():
    return {language: manual.read_text(encoding="utf-8") for language, manual in MANUALS.items()}


def labels(manual):
    """The words in italics: what the desk calls its pages, buttons and fields."""
    return [re.sub(r"[ \n]+", " ", words) for words in ITALICS.findall(manual)]


def translated(label):
    """What the desk shows for an English label, which may stand in a sentence or begin a line; nothing if unknown."""
    return {gettext(each).casefold() for each in (label, label[:1].lower() + label[1:]) if gettext(each) != each}


@pytest.mark.parametrize("language", MANUALS)
def test_it_is_a_page_of_the_desk_in_the_language_of_the_editor(client, ana, language):
    Preferences.objects.create(user=ana, language=language)
    answer = client.get("/admin/help/")
    page, html = read(answer), answer.content.decode()
    heading = re.search(r"^## (.+)", texts()[language], re.MULTILINE)[1]
    assert f'<div lang="{language}">' in html and f">{heading}</h2>" in html
    assert not {"**", "```", "##"} & set(page.words.split()) and "| -" not in page.words
    assert all(f"#{anchor}" in html for anchor in re.findall(r'<h2 id="([^"]+)"', html))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_all_that_the_english_manual_has(language):
    def outline(manual):
        lines = manual.splitlines()
        paragraphs = sum(bool(line) and not before for before, line in pairwise(lines))
        return [mark[0] for line in lines if (mark := SHAPE.match(line))], paragraphs

    manuals = texts()
    assert outline(manuals[language]) == outline(manuals[ENGLISH])
    assert sorted(CODE.findall(manuals[language])) == sorted(CODE.findall(manuals[ENGLISH]))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_calls_pages_and_buttons_as_the_desk_does(language):
    manuals = texts()
    with translation.override(language):
        pairs = zip(labels(manuals[ENGLISH]), labels(manuals[language]), strict=True)
        shown = [(translated(label), said) for label, said in pairs]
    known = [(words, said) for words, said in shown if words]
    assert len(known) > 80
    assert [(words, said) for words, said in known if said.casefold() not in words] == []
