"""Lists as a test uses them: rows downloaded, changed, uploaded, and what the trial run says."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from sections.models import (
    ArticleLink,
    Entry,
    Mention,
    Name,
    Note,
    Paragraph,
    Relation,
    ShortForm,
    Subjects,
    Synonym,
    Upload,
)  # fmt: skip

from . import desk
from .pages import read
from .world import make_other_report

MODELS = (Entry, Name, ShortForm, Relation, ArticleLink, Subjects, Note, Synonym, Mention)
ACT_HERE = {"type": "law", "slug": "travellers-act"}
PLAN_HERE = {"type": "programme", "slug": "open-roads-plan"}
OFFICE_HERE = {"type": "institution", "slug": "office-for-travellers"}
NO_LAW = {"type": "law", "slug": "nowhere"}
FORM = {"text": "fact", "paragraphs": "8", "rule": "x"}


def named(prefix, entry):
    return {f"{prefix}_{column}": cell for column, cell in entry.items()}


def related(source, kind, target, **more):
    return named("source", source) | {"kind": kind} | named("target", target) | more


def add_awkward_rows(world):
    """Gives each list rows, some of which spreadsheets like to change."""
    first, fifth = (Paragraph.objects.get(number=number) for number in (1, 5))
    other = make_other_report()
    quote = "the  Travellers\u00a0Act"
    Note.objects.create(paragraph=first, position=1, quote=quote, text='As printed;\n=see "below"')
    Note.objects.create(paragraph=first, position=2, text="A second note, with Ñandú.")
    Subjects.objects.create(paragraph=fifth, phrases=["=leaving", "the right to leave, e.g. by road", "TRUE"])
    Subjects.objects.create(paragraph=Paragraph.objects.get(report=other, number=2), phrases=["other"])
    Synonym.objects.create(term="nomads", says="travellers", both_ways=False, note="'quoted'")
    Synonym.objects.create(term="walkers", says="travellers")
    Name.objects.create(entry=world.act, text="مكتب الهجرة", in_report=False)
    Name.objects.create(entry=world.act, text="007", in_report=False)


def rows_of(ana, key):
    text = ana.get(f"/admin/lists/{key}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows, encoding="utf-8", **dialect):
    out = io.StringIO(newline="")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(out, columns, restval="", **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def send(ana, data, name="list.csv"):
    """The page after an upload, which is a trial run."""
    return ana.post("/admin/lists/", {"file": SimpleUploadedFile(name, data), "reason": "Because."}, follow=True)


def outcome(ana, rows):
    answer = send(ana, rows if isinstance(rows, bytes) else as_csv(rows))
    assert "outcome" in answer.context, desk.words(answer)[:1500]
    return answer.context["outcome"]


def faults(ana, rows):
    return sorted((error.row, error.column) for error in outcome(ana, rows).errors)


def write(ana, rows):
    """Uploads and confirms."""
    answer = send(ana, as_csv(rows))
    assert not answer.context["outcome"].errors, answer.context["outcome"].errors
    digest = next(attrs["value"] for _, attrs in read(answer).tags if attrs.get("name") == "digest")
    return ana.post(f"/admin/lists/{Upload.objects.get().pk}/confirm/", {"digest": digest}, follow=True)


def state():
    return [list(model.objects.order_by("pk").values_list()) for model in MODELS]
