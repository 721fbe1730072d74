"""The acts at the desk in whose midst a process is killed: each is the post that decides, past the page that asks.

The page that asks is fetched before, so that the whole time of an act is that of the post.
"""

from datetime import date
from functools import partial

from django.contrib.auth.models import User
from django.test import Client

from sections.editing.review import decided
from sections.editing.spreadsheets.csv_text import write_csv
from sections.editing.spreadsheets.imports import import_upload, keep_upload
from sections.editing.spreadsheets.register import LISTS
from sections.models import (
    ArticleLink,
    Block,
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Entry,
    ErrorReport,
    Figure,
    Mention,
    Name,
    Note,
    Paragraph,
    Place,
    PlaceMention,
    Relation,
    ReplySubject,
    Section,
    ShortForm,
    Subjects,
    Synonym,
)

from . import desk

TEXTS = ("description", "rule", "note", "reason", "what", "phrases", "subject", "text")  # columns that take any words


def complete():
    """Makes some records of each kind that the report lacks."""
    paragraphs = list(Paragraph.objects.order_by("number")[:12])
    entries = list(Entry.objects.order_by("pk")[:4])
    if not ConventionArticle.objects.exists():
        part = ConventionPart.objects.create(number=1, roman="I", title="All", first_article=1, last_article=12)
        for paragraph in paragraphs:
            article = ConventionArticle.objects.create(number=paragraph.number, part=part, subject="Roads")
            ArticleLink.objects.create(paragraph=paragraph, article=article, basis="heading", reason="It says so.")
    if not Place.objects.exists():
        Place.objects.create(slug="narnia", name="Narnia", kind="country", names=["Narnia"])
    for paragraph in paragraphs:
        _complete_paragraph(paragraph)
    if not Relation.objects.exists():
        for target in entries[1:]:
            Relation.objects.create(source=entries[0], kind="part_of", target=target)
    if not ReplySubject.objects.exists():
        for section in Section.objects.filter(kind="reply"):
            ReplySubject.objects.create(section=section, text="Roads")
    for number in range(4):
        Synonym.objects.get_or_create(term=f"lamp {number}", says="lantern")
        told = {"address": "/about/", "text": "Wrong.", "language": "en", "contact": "ana@site.example"}
        ErrorReport.objects.create(**told, form=f"f{number}", content=f"c{number}")


def _complete_paragraph(paragraph):
    block = Block.objects.filter(paragraph=paragraph).order_by("position").first()
    place = {"block": block, "start": 0, "end": 2, "surface": block.text[:2], "basis": "text"}
    if not Figure.objects.filter(block=block, start=0).exists():
        Figure.objects.create(**place, value=1, kind="people", unit="roads", what="roads")
    if not DatedEvent.objects.filter(block=block, start=0).exists():
        days = {"first": date(2015, 1, 1), "last": date(2015, 12, 31), "precision": "year", "sense": "on"}
        DatedEvent.objects.create(**place, **days, what="It was lit.")
    if not PlaceMention.objects.filter(block=block, start=0).exists():
        PlaceMention.objects.create(**place, place=Place.objects.first())
    if not Note.objects.filter(paragraph=paragraph).exists():
        Note.objects.create(paragraph=paragraph, text="As printed.", position=1)
    Subjects.objects.get_or_create(paragraph=paragraph, defaults={"phrases": ["roads"]})
    if paragraph.number == 1:
        words = block.text.split()[1]
        entry, rule = Entry.objects.order_by("pk").last(), "It says so."
        ShortForm.objects.create(report=paragraph.report, entry=entry, text=words, paragraphs=[1], rule=rule)


def acts(entries):
    """The acts by name; `entries` are those with the most links."""
    client, user = Client(), User.objects.get()
    client.force_login(user)
    asked = partial(_asked, client)
    most, other, third = entries[:3]
    review = decided(Mention, list(third.mentions.values_list("pk", flat=True)), "rejected", "So.", user)
    found = {}
    for model in (ArticleLink, Mention, Figure, DatedEvent, PlaceMention):
        keys = list(model.objects.exclude(review="rejected").order_by("pk").values_list("pk", flat=True)[:40])
        for action in ("confirm", "reject"):
            fields = {"action": action, "_selected_action": keys, "index": "0"}
            found[f"{action} {model.__name__}"] = asked(_list_of(model), **fields)
    address, listed = f"/admin/my-actions/{review.pk}/undo/", _list_of(Mention)
    rejected = list(Mention.objects.filter(review="rejected").values_list("pk", flat=True))
    links = {"action": "reject_links", "_selected_action": [most.pk], "index": "0"}
    kind = "programme:plan" if other.type == "law" else "law:act"
    found |= {
        "reset": asked(listed, action="reset", _selected_action=rejected, index="0"),
        "undo": asked(address),
        "entry links": asked(f"/admin/sections/{most.type}/", **links),
        "register": asked(f"/admin/entries/{other.pk}/register/", kind=kind),
        "merge": asked(f"/admin/entries/{most.pk}/merge/?with={other.pk}", get=True),
        "split": asked(
            f"/admin/entries/{most.pk}/split/",
            new_name="Office of Splits",
            new_kind="institution:office",
            names=list(Name.objects.filter(entry=most).values_list("pk", flat=True)),
        ),
        "thesaurus": asked("/admin/sections/synonym/add/", get=True, term="light", says="lantern"),
        "delete": (f"/admin/sections/{most.type}/{most.pk}/delete/", {"post": "yes"}),
        "decide all": _decisions(client, most),
    }
    report = ErrorReport.objects.order_by("pk").first()
    page = f"/admin/sections/errorreport/{report.pk}/change/"
    found["answer"] = page, desk.filled_in(client.get(page)) | {"state": "closed", "answer": "Mended.", "_save": "1"}
    keys = list(ErrorReport.objects.values_list("pk", flat=True))
    found["close reports"] = asked("/admin/sections/errorreport/", action="close", _selected_action=keys, index="0")
    for key in LISTS:
        found[f"list {key}"] = _upload(key, user)
    return {name: partial(_post, client, *posted) for name, posted in found.items()}


def _list_of(model):
    return f"/admin/sections/{model._meta.model_name}/"


def _asked(client, address, get=False, **fields):
    """The address, and the fields that the page which asks there posts."""
    given = desk.filled_in(client.get(address)) | fields if get else fields
    page = client.post(address, given)
    assert page.status_code == 200, (address, page.status_code)
    chosen = {name: value for name, value in given.items() if isinstance(value, list)}
    return address, desk.filled_in(page) | chosen


def _decisions(client, entry):
    paragraph = entry.mentions.first().block.paragraph
    links = entry.mentions.filter(block__paragraph=paragraph)
    page = client.get(f"/admin/paragraphs/{paragraph.pk}/").content.decode()
    told = {f"review-m{key}": "confirmed" for key in links.values_list("pk", flat=True)}
    return f"/admin/paragraphs/{paragraph.pk}/decide/", desk.filled_in(page[page.index('id="links"') - 200 :]) | told


def _upload(key, user):
    """The post that confirms a list in which half of the rows say something else."""
    spreadsheet = LISTS[key]()
    rows = [spreadsheet.row(record) for record in spreadsheet.in_order()]
    column = next((name for name in TEXTS if name in spreadsheet.fields and name not in spreadsheet.fixed), "delete")
    for row in rows[::2]:
        row[column] = "yes" if column == "delete" else f"{row[column]} so called".strip()
    text = write_csv(spreadsheet.columns, rows)
    upload = keep_upload(user=user, sheet=key, name=f"{key}.csv", text=text, reason="")
    outcome = import_upload(upload)
    assert not outcome.errors, (key, outcome.errors[:3])
    return f"/admin/lists/{upload.pk}/confirm/", {"digest": outcome.digest}


def _post(client, address, fields):
    answer = client.post(address, fields)
    assert answer.status_code == 302, (address, desk.words(answer)[:2000])
