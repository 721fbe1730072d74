"""Captions, titles and names in other languages, which are data."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils.translation import override

from sections.models import ConventionPart, Report
from sections.tests.support.examplia import CONTENTS, EXAMPLIA

SYMBOL = "CMW/C/EXA/1"


def part(translations):
    return ConventionPart(number=1, roman="I", title="Scope", translations=translations)


def test_it_gives_a_field_in_the_readers_language_or_else_as_it_is():
    scope = part({"es": {"title": "Alcance"}})
    words = []
    for language in ("es", "fr", "en-gb"):
        with override(language):
            words.append(scope.translated("title"))
    assert words == ["Alcance", "Scope", "Scope"]


@pytest.mark.parametrize(
    ("translations", "problem"),
    [
        ([], 'Translations are given by language and field: {"es": {"title": "…"}}.'),
        ({"xx": {}}, "“xx” is not a language of this site. Its languages: en-gb, es, fr."),
        ({"es": "Alcance"}, 'The translations into “es” are given by field: {"title": "…"}.'),
        ({"es": {"roman": "1"}}, "“roman” cannot be translated. Fields with translations: title."),
        ({"es": {"title": " "}}, "The translation of “title” into “es” must be a text of 1 to 300 characters."),
    ],
)
def test_it_refuses_translations_of_another_form(translations, problem):
    with pytest.raises(ValidationError) as refusal:
        part(translations).clean()
    assert refusal.value.message_dict == {"translations": [problem]}


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "examplia.txt"
    path.write_bytes(EXAMPLIA.encode())
    return path


def with_translations(source, translations):
    contents = CONTENTS | {"facts": CONTENTS["facts"] | {"translations": translations}}
    source.with_name("examplia.contents.json").write_text(json.dumps(contents))


@pytest.mark.django_db
def test_it_takes_the_facts_of_a_new_report_in_other_languages_from_its_contents(source, client):
    spanish = {"title": "Primer informe de Ejemplia", "state_party": "Ejemplia"}
    with_translations(source, {"es": spanish})
    call_command("import_report", source, "--symbol", SYMBOL)
    assert Report.objects.get().translations == {"es": spanish}
    assert "Primer informe de Ejemplia" in client.get(f"/es/{SYMBOL}/").content.decode()
    assert "First report of Examplia" in client.get(f"/fr/{SYMBOL}/").content.decode()


@pytest.mark.django_db
def test_it_leaves_out_the_translations_of_a_fact_that_is_stated_anew(source):
    with_translations(source, {"es": {"title": "Primer informe", "state_party": "Ejemplia"}, "fr": {"title": "Un"}})
    call_command("import_report", source, "--symbol", SYMBOL, "--title", "Second report")
    assert Report.objects.get().translations == {"es": {"state_party": "Ejemplia"}}


@pytest.mark.django_db
def test_it_imports_nothing_when_translations_have_another_form(source):
    with_translations(source, {"es": {"colour": "azul"}})
    with pytest.raises(CommandError, match="“colour” cannot be translated"):
        call_command("import_report", source, "--symbol", SYMBOL)
    assert not Report.objects.exists()
