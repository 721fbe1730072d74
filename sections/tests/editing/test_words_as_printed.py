"""What is said to stand in a paragraph is compared with its text, by whatever way it comes in."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from sections.models import ArticleLink, ConventionArticle, Note, Paragraph, ShortForm
from sections.tests.support.desk import words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db
built_world, world = shared_world(make_world)


def refusal(record):
    """By field, what is said against the record."""
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    return caught.value.message_dict


def test_it_refuses_a_short_form_that_a_paragraph_does_not_hold(world):
    form = ShortForm(report=world.report, entry=world.office, text="the said office", paragraphs=[1, 5, 7], rule="So.")
    assert refusal(form)["text"] == [
        "“the said office” does not stand in paragraph 1. There it reads “The National Office”.",
        "“the said office” does not stand in paragraph 5. There it reads “The Office”.",
        "“the said office” does not stand in paragraph 7. There it reads “The National Office”.",
    ]
    form.text, form.paragraphs = "the Office", [5]
    form.full_clean()


def test_it_refuses_a_note_on_words_that_the_paragraph_does_not_hold(world):
    note = Note(paragraph=Paragraph.objects.get(number=8), quote="no other facts", text="As printed.")
    assert refusal(note) == {
        "quote": ["“no other facts” does not stand in paragraph 8. There it reads “No other fact”."]
    }
    note.quote = "kangaroos"
    assert refusal(note)["quote"] == ["“kangaroos” does not stand in paragraph 8, nor anything like it."]
    for quote in ("other  fact", "", "No\u00a0other fact is known."):
        note.quote = quote
        note.full_clean()


def test_it_takes_a_note_on_a_label_or_on_a_footnote(world):
    Note(paragraph=Paragraph.objects.get(number=2), quote="(a)", text="As printed.").full_clean()
    Note(paragraph=Paragraph.objects.get(number=4), quote="in <May> 2015", text="As printed.").full_clean()


def test_readers_see_words_quoted_only_where_they_are_printed(world):
    paragraph = Paragraph.objects.get(number=8)
    Note.objects.create(paragraph=paragraph, position=1, quote="other fact", text="First remark.")
    Note.objects.create(paragraph=paragraph, position=2, quote="other lie", text="Second remark.")
    page = words(Client().get(paragraph.get_absolute_url()))
    assert "“ other fact ”: First remark." in page
    assert "Second remark." in page
    assert "other lie" not in page


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
@pytest.mark.parametrize("basis", ["editor", "text", "heading"])
def test_it_refuses_a_link_to_an_article_without_a_reason(world, basis, reason):
    article, paragraph = ConventionArticle.objects.get(number=3), Paragraph.objects.get(number=2)
    link = ArticleLink(paragraph=paragraph, article=article, basis=basis, reason=reason)
    assert refusal(link) == {"reason": ["Say in one sentence why the paragraph bears on the article."]}
