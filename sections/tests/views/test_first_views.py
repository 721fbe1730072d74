"""Pages that no cache of finished pages holds: what they ask of the database, and that they follow every edit."""

import pytest
from django.conf import settings

from sections.models import (
    ArticleLink,
    BackReference,
    Block,
    ConventionArticle,
    Entry,
    Mention,
    Note,
    Paragraph,
    Reference,
    Section,
    Subjects,
)
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, block, make_indexed_world, make_other_report

pytestmark = pytest.mark.django_db

PARAGRAPH, REPLY, WHOLE = (f"/{SYMBOL}/{name}/" for name in ("paragraphs/7", "replies/3", "full"))
MOST = 6


built_world, world = shared_world(make_indexed_world)


def html(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def grow(report):
    """Thirty more paragraphs in the reply of paragraph 7, each with everything that a paragraph can have."""
    section = Paragraph.objects.get(report=report, number=7).section
    for number in range(100, 130):
        place = {"section": section, "position": number + 50, "source_line": 1}
        row = Paragraph.objects.create(report=report, number=number, sha256="", source_text="", **place)
        said = Block.objects.create(paragraph=row, position=0, kind="text", text="NOT and annex 5, as said above.")
        entry = Entry.objects.create(type="law", slug=f"act-{number}", name=f"Act {number}", kind="act")
        Mention.objects.create(block=said, start=0, end=3, surface="NOT", entry=entry)
        Reference.objects.create(block=said, kind="annex", start=8, end=15, target="5")
        BackReference.objects.create(
            block=said, start=17, end=30, surface="as said above", target=block(7).paragraph, reason="It says so."
        )
        article = ConventionArticle.objects.get(number=number % 6 + 1)
        ArticleLink.objects.create(paragraph=row, article=article)
        Note.objects.create(paragraph=row, text="As printed.")
        Subjects.objects.create(paragraph=row, phrases=["poverty"])


@pytest.mark.parametrize("path", [PARAGRAPH, REPLY, WHOLE])
def test_a_page_of_the_text_asks_at_most_six_times_however_much_there_is(
    client, world, django_assert_max_num_queries, path
):
    with django_assert_max_num_queries(MOST) as small:
        client.get(path)
    grow(world.report)
    with django_assert_max_num_queries(MOST) as large:
        assert "Act 110" in html(client, WHOLE) and client.get(path).status_code == 200
    assert len(large) == len(small) + 1  # the version once more, for the second page


@pytest.mark.parametrize(
    "path", [PARAGRAPH, REPLY, WHOLE, f"/{SYMBOL}/parts/1/", "/", "/convention/", "/about/fidelity/"]
)
def test_while_nothing_changes_a_page_asks_for_the_version_only(client, world, django_assert_num_queries, path):
    first = html(client, path)
    with django_assert_num_queries(1):
        assert html(client, path) == first


def test_pages_of_one_report_share_what_they_read(client, world, django_assert_num_queries):
    client.get(WHOLE)
    for path in (PARAGRAPH, REPLY, f"/{SYMBOL}/paragraphs/1/"):
        with django_assert_num_queries(1):
            client.get(path)


def edits(world):
    """What an editor may change, each with words that the pages show before, and after."""
    mention = Mention.objects.filter(block__paragraph__number=7).first()
    link = ArticleLink.objects.filter(paragraph__number=5).first()
    return {
        "a name": (world.office, "name", "Bureau of Quokkas"),
        "a note": (Note(paragraph=block(7).paragraph, position=9), "text", "Quokkas, as printed."),
        "a heading": (Section.objects.get(kind="reply", number=3), "title", "On quokkas"),
        "a title": (world.report, "title", "Report on quokkas"),
        "an article": (ConventionArticle.objects.get(number=link.article.number), "subject", "Rights of quokkas"),
        "a reason": (link, "reason", "It speaks of quokkas."),
        "a rule": (mention, "rule", "The quokkas are meant."),
        "a text": (block(7), "text", f"{block(7).text} And quokkas."),
        "subjects": (Subjects(paragraph=block(7).paragraph), "phrases", ["quokkas"]),
    }


KINDS = ["a name", "a note", "a heading", "a title", "an article", "a reason", "a rule", "a text", "subjects"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_edit_is_seen_at_once_wherever_it_shows(client, world, kind):
    paths = [f"/{SYMBOL}/paragraphs/{number}/" for number in range(1, 10)] + [REPLY, WHOLE, f"/{SYMBOL}/parts/1/", "/"]
    paths += ["/convention/", "/institutions/", "/institutions/office-for-travellers/"]
    row, field, value = edits(world)[kind]
    before = {path: html(client, path) for path in paths}
    assert not any("quokka" in page.lower() for page in before.values())
    is_new, former = row.pk is None, getattr(row, field)
    setattr(row, field, value)
    row.save()
    seen = [path for path in paths if "quokka" in html(client, path).lower()]
    assert seen
    if is_new:
        row.delete()
    else:
        setattr(row, field, former)
        row.save()
    assert {path: html(client, path) for path in paths} == before


def test_words_of_a_search_are_marked_for_that_search_only(client, world):
    plain = html(client, f"/{SYMBOL}/paragraphs/1/")
    marked = html(client, f"/{SYMBOL}/paragraphs/1/?q=office")
    assert "<mark>" in marked and "<mark>" not in plain
    assert html(client, f"/{SYMBOL}/paragraphs/1/") == plain
    assert html(client, f"/{SYMBOL}/paragraphs/1/?q=office") == marked


def test_each_language_keeps_its_own(client, world):
    pages = {prefix: html(client, f"{prefix}/{SYMBOL}/paragraphs/5/") for prefix in ("", "/es", "/fr")}
    assert len(set(pages.values())) == 3
    assert 'href="/es/institutions/office-for-travellers/"' in pages["/es"]
    for prefix, page in pages.items():
        assert html(client, f"{prefix}/{SYMBOL}/paragraphs/5/") == page


def test_two_reports_with_the_same_words_have_each_its_own_addresses(client, world):
    other = make_other_report()
    Paragraph.objects.filter(report=other, number=1).update(sha256="")
    ours, theirs = (html(client, f"/{symbol}/paragraphs/1/") for symbol in (SYMBOL, other.symbol))
    assert f"/{SYMBOL}/paragraphs/1/" in ours and f"/{SYMBOL}/" not in theirs
    assert f"/{other.symbol}/paragraphs/1/" in theirs


def test_what_templates_keep_is_bounded():
    cache = settings.CACHES["template_fragments"]
    assert cache["OPTIONS"]["MAX_ENTRIES"] <= 5_000 and cache["LOCATION"] != settings.CACHES["default"].get("LOCATION")
