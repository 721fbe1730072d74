"""An operator's own copy of the Convention's text: loaded whole, in each language, or not at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sections.models import Change, ConventionText
from sections.tests.support.pages import read
from sections.tests.support.treaty import TEXTS, treaty
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db
ARTICLE = "/convention/articles/4/"


@pytest.fixture
def world():
    return make_world()


def load(tmp_path, text, name="hats.txt", **options):
    path, out = tmp_path / name, StringIO()
    path.write_text(text, encoding="utf-8")
    call_command("load_convention", str(path), stdout=out, **options)
    return out.getvalue()


def test_it_shows_each_article_above_what_is_reported_on_it(client, world, tmp_path):
    said = load(tmp_path, treaty())
    assert said == (
        "English: 6 articles in 3 parts, 12 numbered paragraphs, 12 lettered items.\n"
        "Stored. Article pages show it now.\n"
    )
    page = read(client.get(ARTICLE))
    assert TEXTS["en"][0] in page.words and "From the file hats.txt" in page.words
    assert {"paragraph-1", "paragraph-2", "paragraph-2-a", "paragraph-2-b"} <= set(page.ids())
    assert Change.objects.get().reason == "hats.txt"


def test_it_answers_in_the_readers_language_and_says_where_it_cannot(client, world, tmp_path):
    load(tmp_path, treaty("es"), language="es")
    assert TEXTS["es"][0] in read(client.get(f"/es{ARTICLE}")).words
    other = client.get(ARTICLE).content.decode()
    assert 'class="treaty" lang="es"' in other and "This site holds the text in Spanish and not in English." in other
    load(tmp_path, treaty("en"))
    load(tmp_path, treaty("fr"))
    assert [(text.language, len(text.articles)) for text in ConventionText.objects.all()] == [
        ("en", 6), ("es", 6), ("fr", 6),
    ]  # fmt: skip
    assert TEXTS["en"][0] in read(client.get(ARTICLE)).words


def test_it_replaces_a_text_and_says_when_nothing_changes(world, tmp_path):
    load(tmp_path, treaty())
    assert "Unchanged." in load(tmp_path, treaty())
    assert "Stored." in load(tmp_path, treaty().replace("straw", "felt"))
    assert ConventionText.objects.get().articles["article-1"]["provisions"][2]["text"] == "of the felt;"


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        (treaty().replace("Article 5\n", "Art of five\n"), {}, "line 47: article 5 is missing behind article 4."),
        (treaty().replace("PART II\n", "\n"), {}, "part 2 is missing behind part 1."),
        (treaty(), {"language": "fr"}, "the text is in English, not in French."),
        ("Article 1\n\nXyz.", {}, "articles 2 to 6 are missing behind article 1."),
    ],
)
def test_it_writes_nothing_of_a_text_that_is_not_whole(world, tmp_path, text, options, words):
    load(tmp_path, treaty().replace("straw", "felt"))
    before = ConventionText.objects.get().articles
    with pytest.raises(CommandError, match="Nothing was written.") as refusal:
        load(tmp_path, text, **options)
    assert words in str(refusal.value)
    assert ConventionText.objects.get().articles == before


def test_it_says_what_it_read_and_stores_nothing_when_asked_to_try(world, tmp_path):
    assert "Nothing was written." in load(tmp_path, treaty(), dry_run=True)
    assert not ConventionText.objects.exists()


def test_it_asks_for_the_articles_first(tmp_path):
    with pytest.raises(CommandError, match="no articles yet"):
        load(tmp_path, treaty())
