"""The review desk: what waits, what a decision does, and how it is undone."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User

from sections.editing import review as reviewing
from sections.editing.review import decide_links, state_of
from sections.models import ArticleLink, Change, Convention, ConventionText, Entry, Mention
from sections.models.convention import article_key
from sections.search.engine.postings import BITS
from sections.search.snapshot import current
from sections.tests.support.desk import filled_in
from sections.tests.support.pages import read
from sections.tests.support.reviewing import decide, mention, reviewed_world, reviewer
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL

pytestmark = pytest.mark.django_db


built_world, world = shared_world(reviewed_world)


@pytest.fixture
def desk(client, world):
    return reviewer(client)


def found_by(entry):
    """The numbers of the paragraphs that the search index knows to name the entry."""
    scope = current(None)
    return sorted({int(scope.numbers[place >> BITS]) for place in scope.posting(f"e{entry.pk}")})


def test_it_shows_the_paragraph_with_the_span_marked_and_how_far_the_work_is(desk):
    answer = desk.get("/admin/review/")
    page = read(answer)
    assert f"Does “{OFFICE}” mean the institution {OFFICE}?" in page.words
    assert "4 of 15 reviewed" in page.words
    assert f"{SYMBOL}, paragraph 1 · reply 1" in page.words
    assert f'<p class="text own">The <mark>{OFFICE}</mark> (NOT)' in answer.content.decode()


def test_it_goes_through_names_and_articles_in_the_order_of_reading(desk):
    seen, answer = [], desk.get("/admin/review/")
    for _ in range(20):
        link = answer.context["link"]
        if link is None:
            break
        seen.append(str(link))
        answer = decide(desk, link, "confirm")
    mentions = [OFFICE, "NOT", ACT, OFFICE, OFFICE, PLAN, ACT, "NOT"]
    assert [each.split(" → ")[0] for each in seen[:8]] == mentions
    assert [each.rsplit(" ", 1)[1] for each in seen[8:]] == ["1", "4", "6"]
    assert "Every link has been reviewed." in read(answer).words
    assert "15 of 15 reviewed" in read(answer).words


@pytest.mark.parametrize("decision", ["reject", "unlink"])
def test_it_takes_a_rejected_link_from_readers_and_from_the_search_at_once(desk, world, decision):
    assert found_by(world.office) == [1, 3, 5, 7, 9]
    answer = decide(desk, mention(3, OFFICE, 1), decision)
    assert f"“{OFFICE}”, paragraph 3." in read(answer).words
    assert mention(3, OFFICE, 1).review == "rejected"
    assert found_by(world.office) == [1, 5, 7, 9]


def test_it_links_the_words_to_another_entry(desk, world):
    answer = decide(desk, mention(7, PLAN), "other", other=ACT)
    changed = mention(7, PLAN)
    assert (changed.entry, changed.basis, changed.review) == (world.act, "editor", "confirmed")
    assert "Linked to another" in read(answer).words


@pytest.mark.parametrize(
    ("words", "told"),
    [("", "Say which entry is meant"), ("Nowhere", "No entry is named “Nowhere”."), ("Twice", "More than one entry")],
)
def test_it_says_what_is_wrong_with_another_entry_and_keeps_what_was_typed(desk, words, told):
    for type in ("law", "programme"):
        Entry.objects.create(type=type, slug="twice", name="Twice", kind="act")
    answer = decide(desk, mention(7, PLAN), "other", other=words, reason="It says so.")
    page = read(answer)
    assert answer.status_code == 422 and told in page.words
    values = {attrs.get("id"): attrs.get("value") for tag, attrs in page.tags if tag == "input"}
    assert (values["other"], values["reason"]) == (words, "It says so.")
    assert mention(7, PLAN).review == "unreviewed"


def test_it_tells_two_entries_of_one_name_apart_by_type(desk):
    for type in ("law", "programme"):
        Entry.objects.create(type=type, slug="twice", name="Twice", kind="act")
    decide(desk, mention(7, PLAN), "other", other="Twice (programme)")
    assert mention(7, PLAN).entry.type == "programme"


def test_it_links_a_paragraph_to_another_article(desk):
    link = ArticleLink.objects.get(paragraph__number=7, article__number=6)
    decide(desk, link, "other", other="3 No distinction", reason="It says so.")
    rows = ArticleLink.objects.filter(paragraph__number=7).values_list("article__number", "basis", "review")
    assert sorted(rows) == [
        (3, "editor", "confirmed"),
        (4, "text", "unreviewed"),
        (6, "editor", "rejected"),
    ]
    numbers = desk.get("/api/v1/search/", {"q": "the", "article": 3}).json()["results"]
    assert [each["number"] for each in numbers] == [7]


def test_it_decides_on_all_places_of_one_name_at_once(desk):
    page = desk.get("/admin/review/")
    keys = ",".join(str(each["mention"].pk) for each in page.context["same"])
    asked = decide(desk, page.context["link"], "confirm", scope="same", same=keys)
    assert f"Confirm 3 places of “{OFFICE}”?" in read(asked).words
    assert not Mention.objects.filter(surface=OFFICE, review="confirmed").exists()
    answer = desk.post(asked.request["PATH_INFO"], filled_in(asked), follow=True)
    assert f"Confirmed: “{OFFICE}”, 3 places." in read(answer).words
    assert Mention.objects.filter(surface=OFFICE).exclude(review="confirmed").count() == 0
    assert answer.context["link"].surface == "NOT"


def test_it_takes_the_last_decision_back(desk):
    answer = decide(desk, mention(7, PLAN), "other", other=ACT)
    assert "Undo the last decision" in read(answer).words
    answer = desk.post("/admin/review/take-back/", follow=True)
    back = mention(7, PLAN)
    assert (back.entry.name, back.basis, back.review) == (PLAN, "text", "unreviewed")
    assert "The decision was undone." in read(answer).words
    assert "Undo the last decision" not in read(answer).words


def test_it_names_the_entry_or_the_article_to_which_it_linked(desk):
    answer = decide(desk, mention(7, PLAN), "other", other=ACT)
    assert f"Linked to another: “{PLAN}” → {ACT}, paragraph 7." in read(answer).words
    answer = decide(desk, ArticleLink.objects.get(article__number=6), "other", other="3", reason="It says so.")
    assert "Linked to another: Article 6 → Article 3, paragraph 7." in read(answer).words


@pytest.mark.parametrize("decision", ["confirm", "reject"])
def test_it_sets_a_decision_back_to_not_yet_reviewed(desk, decision):
    assert "Set to “not yet reviewed”" not in read(desk.get(f"/admin/review/?item=m{mention(7, PLAN).pk}")).words
    decide(desk, mention(7, PLAN), decision)
    page = read(desk.get(f"/admin/review/?item=m{mention(7, PLAN).pk}")).words
    assert "Set to “not yet reviewed”" in page and "(rita, " in page
    answer = decide(desk, mention(7, PLAN), "reset")
    assert f"Set to “not yet reviewed”: “{PLAN}”, paragraph 7." in read(answer).words
    assert mention(7, PLAN).review == "unreviewed"


@pytest.mark.parametrize("decision", ["confirm", "reject"])
def test_it_tells_the_second_who_decides_the_same_and_goes_on(desk, decision):
    link = mention(7, PLAN)
    decide_links(Mention, [link.pk], decision, state_of(link))
    answer = decide(desk, link, decision)
    state = "confirmed" if decision == "confirm" else "rejected"
    assert f"It is already {state} by an editor: {PLAN} → {PLAN}." in read(answer).words
    assert answer.context["link"].surface == ACT
    assert Mention.history.filter(id=link.pk, review=state).count() == 1


def test_it_says_what_the_last_action_of_any_kind_was_before_it_undoes_it(desk):
    rita = User.objects.get(username="rita")
    decide(desk, mention(7, PLAN), "confirm")
    reviewing.decided(ArticleLink, list(ArticleLink.objects.values_list("pk", flat=True)), "rejected", "", rita)
    page = read(desk.get("/admin/review/")).words
    assert "Undo the last decision z reviewed: 4 links to articles, such as" in page
    asked = desk.post("/admin/review/take-back/", follow=True)
    assert "This changes 4 records. Nothing is changed yet." in read(asked).words
    desk.post(asked.request["PATH_INFO"], filled_in(asked))
    assert set(ArticleLink.objects.filter(article__number=6).values_list("review", flat=True)) == {"unreviewed"}
    page = read(desk.get("/admin/review/")).words
    assert f"reviewed: {PLAN} → {PLAN} (confirmed by an editor)" in page
    desk.post("/admin/review/take-back/", follow=True)
    assert mention(7, PLAN).review == "unreviewed"


def test_it_undoes_what_the_page_named_once_even_if_asked_twice(desk):
    decide(desk, mention(7, PLAN), "confirm")
    decide(desk, mention(7, ACT), "confirm")
    change = desk.get("/admin/review/").context["own_undo"]["change"]
    for _ in range(2):
        desk.post("/admin/review/take-back/", {"change": change.pk})
    assert (mention(7, PLAN).review, mention(7, ACT).review) == ("confirmed", "unreviewed")


def test_it_leaves_alone_what_somebody_else_decided_meanwhile(desk, world):
    link = mention(7, PLAN)
    decide_links(Mention, [link.pk], "other", state_of(link), other=world.act)
    answer = decide(desk, link, "reject")
    assert f"Another reviewer has already decided: the link now points to {ACT} and is confirmed" in read(answer).words
    assert mention(7, PLAN).review == "confirmed"


def test_it_says_when_a_link_is_gone(desk):
    link = mention(7, PLAN)
    Mention.objects.filter(pk=link.pk).delete()
    assert "The link no longer exists" in read(decide(desk, link, "confirm")).words


@pytest.mark.parametrize(
    ("filters", "surfaces"),
    [
        ({"reply": "3", "kind": "m"}, [OFFICE, PLAN, ACT]),
        ({"basis": "contextual", "review": "confirmed"}, ["The Office"]),
        ({"review": "rejected", "kind": "m"}, ["No other"]),
        ({"reply": "2"}, []),
        ({"paragraph": "7", "kind": "m", "report": SYMBOL}, [OFFICE, PLAN, ACT]),
        ({"paragraph": "6"}, []),
        ({"reply": "x", "entry": "999999999999999999999", "basis": "?", "kind": "?"}, None),
    ],
)
def test_it_filters_by_entry_reply_basis_and_state(desk, filters, surfaces):
    answer = desk.get("/admin/review/", filters)
    if surfaces is None:
        assert answer.context["remaining"] == 11
        return
    seen, link = [], answer.context["link"]
    while link is not None:
        seen.append(link.surface)
        following = desk.get(answer.context["next"]).context["link"]
        answer = desk.get(answer.context["next"])
        link = following if following.surface not in seen else None
    assert seen == surfaces


def test_it_filters_by_entry(desk, world):
    answer = desk.get("/admin/review/", {"entry": world.act.pk})
    assert (answer.context["link"].surface, answer.context["remaining"]) == (ACT, 2)


@pytest.mark.parametrize("group", [None, "reviewers", "editors", "administrators"])
def test_it_lets_in_only_who_may_review(client, world, group):
    person = User.objects.create_user("p", is_staff=True)
    if group:
        person.groups.add(Group.objects.get(name=group))
    assert client.get("/admin/review/").status_code == 302
    client.force_login(person)
    assert client.get("/admin/review/").status_code == (200 if group else 403)
    assert client.get("/admin/sections/institution/").status_code == (
        200 if group in {"editors", "administrators"} else 403
    )


def test_it_writes_down_who_decided_what_and_why(desk):
    decide(desk, mention(7, PLAN), "reject", reason="Another plan.")
    change = Change.objects.get(kind="review")
    row = Mention.history.get(change=change)
    assert (change.user.username, change.reason, row.surface, row.review) == ("rita", "Another plan.", PLAN, "rejected")


def test_an_article_link_comes_with_the_text_of_the_article_or_the_way_to_it(desk, world):
    link = ArticleLink.objects.get(article__number=6)
    Convention.objects.create(acronym="COT", title="The Convention", symbol="A/RES/45/158")
    page = desk.get(f"/admin/review/?item=a{link.pk}").content.decode()
    assert "Read article 6 in the official text, A/RES/45/158" in page
    provisions = [{"label": "1.", "depth": 1, "text": "All work is chosen freely.", "anchor": "1"}]
    ConventionText.objects.create(
        language="en", source_name="t.txt", source_sha256="0" * 64, loaded="2026-11-01",
        articles={article_key(6): {"title": "", "provisions": provisions}},
    )  # fmt: skip
    assert "All work is chosen freely." in desk.get(f"/admin/review/?item=a{link.pk}").content.decode()


def test_it_leads_from_a_link_to_its_paragraph_and_the_others_there(desk, world):
    page = read(desk.get(f"/admin/review/?item=m{mention(7, PLAN).pk}"))
    addresses = [attrs.get("href") for tag, attrs in page.tags if tag == "a"]
    assert f"/{SYMBOL}/paragraphs/7/" in addresses
    assert f"/admin/review/?{urlencode({'report': SYMBOL, 'paragraph': 7})}" in addresses
