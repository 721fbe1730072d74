"""The acts in whose midst a process is killed, and the database on which they are performed.

In that database some links are missing, so that linking and loading have something to do.
"""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import Count
from django.test import Client

from sections.editing.merge_entries import merge
from sections.editing.review import Decision, decide_links, state_of
from sections.models import Entry, Mention, Name, SearchPosting
from sections.search.indexer import rebuild

from . import desk, killing_desk

OFFICES = ["Lantern Office", "Road Council", "Bridge Board", "Lantern Act", "Harbour Plan"]


def prepare(content, folder):
    """Fills the database and returns the acts by name."""
    call_command("migrate", verbosity=0)
    source = _whole(folder) if content == "whole" else _made_up(folder)
    call_command("export_fixtures", "--directory", str(folder / "fixtures"), verbosity=0)
    _change_fixtures(folder / "fixtures")
    entries = list(Entry.objects.annotate(n=Count("mentions")).filter(n__gt=0).order_by("-n", "pk"))
    missing = Mention.objects.filter(entry__in=entries[1::2])
    missing._raw_delete(missing.db)
    rebuild()
    User.objects.create_superuser("ana")
    Client().force_login(User.objects.get())  # imports what a request needs, once for all children
    most, other = entries[0], next(entry for entry in entries[2:] if entry.type == entries[0].type)
    killing_desk.complete()
    at_the_desk = killing_desk.acts([most, other, next(entry for entry in entries[2::2] if entry != other)])
    return {
        "save": lambda: _save(most),
        "relink": lambda: call_command("link_report", verbosity=0),
        "merge": lambda: merge(most, other, "They are one.", User.objects.get()),
        "import": lambda: call_command("import_report", *source, "--replace", "--drop-links", verbosity=0),
        "load": lambda: call_command("load_report", "--yes", "--directory", str(folder / "fixtures"), verbosity=0),
        "review": lambda: _review(most),
        **at_the_desk,
    }


def must_be_in_step():
    """Fails when the search index differs from one that is made anew."""
    kept = _postings()
    rebuild()
    if _postings() != kept:
        raise AssertionError("The search index is not in step with the records.")


def _postings():
    rows = SearchPosting.objects.exclude(data=b"").values_list("key", "data")
    return sorted((key, bytes(data)) for key, data in rows)


def _whole(folder):
    call_command("load_report", "--initial", verbosity=0)
    (folder / "fixtures").mkdir()
    text = (settings.BASE_DIR / "fixtures" / "source" / "CMW-C-MEX-3.txt").read_text(encoding="utf-8")
    return _changed_source(folder / "CMW-C-MEX-3.txt", text, "CMW/C/MEX/3")


def _made_up(folder):
    """A made-up report of sixty paragraphs, in which each entry is named often."""
    lines, number = [], 0
    for reply in range(1, 21):
        lines.append(f"\t\tReply to paragraph {reply}")
        for _ in range(3):
            number += 1
            named = " and the ".join(OFFICES[(number + step) % len(OFFICES)] for step in range(3))
            lines.append(f"{number}.\tIn year {number} the {named} lit the roads. The Office rested.")
    text = "\n".join([*lines, ""])
    source = folder / "first.txt"
    source.write_text(text, encoding="utf-8")
    call_command("import_report", str(source), "--symbol", "XXX/C/EXA/1", verbosity=0)
    for name in OFFICES:
        slug = name.lower().replace(" ", "-")
        entry = Entry.objects.create(type="institution", slug=slug, name=name, kind="office")
        Name.objects.create(entry=entry, text=f"{name} of Examplia")
    call_command("link_report", verbosity=0)
    (folder / "fixtures").mkdir()
    return _changed_source(folder / "second.txt", text, "XXX/C/EXA/1")


def _changed_source(path: Path, text, symbol):
    """The arguments that import a text in which every second paragraph has a further sentence."""
    lines = [
        f"{line} So it was." if line[:1].isdigit() and line.endswith(".") and at % 2 else line
        for at, line in enumerate(text.split("\n"))
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path), "--symbol", symbol


def _change_fixtures(folder):
    for path in folder.glob("institutions.json"):
        records = json.loads(path.read_text(encoding="utf-8"))
        for record in records:
            if record["model"] == "sections.entry":
                record["fields"]["description"] = "As the files say."
        path.write_text(json.dumps(records), encoding="utf-8")


def _save(entry):
    """A save in the admin's form that adds a name, past the page of its effects."""
    client = Client()
    client.force_login(User.objects.get())
    fields = desk.filled_in(client.get(desk.place(entry)))
    row = desk.new_row(fields, "names")
    fields |= {f"{row}text": "the roads", "description": "Changed.", "_continue": "1"}
    answer = client.post(desk.place(entry), fields)
    if answer.status_code == 200:
        answer = client.post(desk.place(entry), desk.filled_in(answer))
    assert answer.status_code == 302, answer.content[:2000]


def _review(entry):
    mentions = list(Mention.objects.filter(entry=entry))
    keys = [mention.pk for mention in mentions]
    decide_links(Mention, keys, Decision.CONFIRM, state_of(mentions[0]), User.objects.get())
