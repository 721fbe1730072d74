"""Storing a changed text over a stored report: what people decided stays with its words."""

import pytest
from django.core.management import CommandError, call_command

from sections.importing.replace import nearest_place, same_paragraphs
from sections.models import Block, Entry, Mention, Paragraph, ReplySubject, Report, Review, Section, ShortForm

SYMBOL = "XXX/C/EXA/1"
TEXT = """\
\t\tReply to paragraph 1
1.\tThe Harbour Office acts. The Office rests.
2.\tThe Harbour Office lists:
\t(a)\tBoats of the Harbour Office;
\t(b)\tOars.
3.\tNothing more.
"""


@pytest.fixture
def harbour(db, tmp_path):
    """A stored report with an entry, its mentions, and the file that it came from."""
    source = tmp_path / "harbour.txt"
    source.write_text(TEXT)
    load(source)
    office = Entry.objects.create(type="institution", slug="harbour-office", name="Harbour Office", kind="office")
    report = Report.objects.get()
    ShortForm.objects.create(report=report, entry=office, text="The Office", paragraphs=[1], rule="Named before it")
    call_command("link_report", verbosity=0)
    Mention.objects.filter(block__position=1).update(review=Review.CONFIRMED)
    return source


def load(source, *options):
    call_command("import_report", str(source), "--symbol", SYMBOL, *options)


def mentions():
    """Each mention as paragraph, block, start, words and review."""
    rows = Mention.objects.in_order().select_related("block__paragraph")
    return [(m.block.paragraph.number, m.block.position, m.start, m.surface, m.review) for m in rows]


def test_it_moves_mentions_with_their_words(harbour):
    keys = set(Mention.objects.values_list("pk", flat=True))
    harbour.write_text(TEXT.replace("The Harbour Office acts.", "Today the Harbour Office acts."))
    load(harbour, "--replace")
    assert mentions() == [
        (1, 0, 10, "Harbour Office", "unreviewed"),
        (1, 0, 31, "The Office", "unreviewed"),
        (2, 0, 4, "Harbour Office", "unreviewed"),
        (2, 1, 13, "Harbour Office", "confirmed"),
    ]
    assert set(Mention.objects.values_list("pk", flat=True)) == keys


def test_it_follows_paragraphs_whose_numbers_shift(harbour):
    second = Paragraph.objects.get(number=2).pk
    shifted = TEXT.replace("3.\t", "4.\t").replace("2.\t", "3.\t").replace("1.\tThe", "1.\tFirst of all.\n2.\tThe")
    harbour.write_text(shifted)
    load(harbour, "--replace")
    assert Paragraph.objects.get(number=3).pk == second
    assert [place[:2] for place in mentions()] == [(2, 0), (2, 0), (3, 0), (3, 1)]
    assert ShortForm.objects.get().paragraphs == [2]
    assert Report.objects.get().paragraphs.count() == 4


def test_it_writes_nothing_when_words_that_a_person_decided_on_are_gone(harbour, capsys):
    before = mentions()
    harbour.write_text(TEXT.replace("Boats of the Harbour Office", "Boats"))
    with pytest.raises(CommandError, match="1 link that people decided on would be lost"):
        load(harbour, "--replace")
    assert "Lost: paragraph 2, “Harbour Office”: the words are gone." in capsys.readouterr().out
    assert mentions() == before
    assert Block.objects.filter(text="Boats of the Harbour Office;").exists()


def test_it_gives_up_lost_links_when_told_to(harbour):
    harbour.write_text(TEXT.replace("Boats of the Harbour Office", "Boats"))
    load(harbour, "--replace", "--drop-links")
    assert [place[:2] for place in mentions()] == [(1, 0), (1, 0), (2, 0)]
    assert Block.objects.filter(text="Boats;").exists()


def test_it_proves_the_new_text(harbour, capsys):
    harbour.write_text(TEXT.replace("3.\tNothing more.\n", "").replace("Oars", "Oars and sails"))
    load(harbour, "--replace")
    capsys.readouterr()
    call_command("verify_report", SYMBOL, "--sources", str(harbour.parent))
    assert "2 paragraphs" in capsys.readouterr().out


def test_it_knows_a_paragraph_by_its_words_and_else_by_their_likeness():
    old = [(1, "a"), (2, "b is here"), (3, "c is there"), (4, "d")]
    new = [(1, "new"), (2, "a"), (3, "b was here"), (4, "c is there"), (5, "d")]
    assert same_paragraphs(old, new) == {2: 1, 3: 2, 4: 3, 5: 4}
    assert same_paragraphs(old, [(1, "a"), (2, "c was there"), (3, "d")]) == {1: 1, 2: 3, 3: 4}
    assert same_paragraphs(old, [(1, "a"), (2, "d")]) == {1: 1, 2: 4}


def test_it_finds_the_nearest_free_place_of_words():
    texts = ["HO and HO", "HO"]
    assert nearest_place("HO", (0, 8), texts, []) == (0, 7)
    assert nearest_place("HO", (0, 8), texts, [(0, 7, 9)]) == (0, 0)
    assert nearest_place("HO", (1, 0), texts, [(1, 0, 2)]) == (0, 0)
    assert nearest_place("NO", (0, 0), texts, []) is None


def test_the_subject_of_a_reply_stays_with_it_and_is_named_when_the_reply_is_gone(harbour):
    subject = ReplySubject.objects.create(section=Section.objects.get(number=1), text="Boats and oars")
    harbour.write_text(TEXT.replace("Nothing more", "Nothing else"))
    load(harbour, "--replace")
    subject.refresh_from_db()
    assert subject.section.number == 1
    harbour.write_text(TEXT.replace("paragraph 1", "paragraph 2"))
    with pytest.raises(CommandError, match="would be lost"):
        load(harbour, "--replace")
    assert ReplySubject.objects.get().text == "Boats and oars"
    load(harbour, "--replace", "--drop-links")
    assert not ReplySubject.objects.exists()
