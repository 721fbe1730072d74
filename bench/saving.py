"""How much longer the desk takes to save an entry than Django's own admin, side by side: `python bench/saving.py`.

Both save the same entry by the same change, through the whole of the site's request handling: one by the desk, with
history, links and search brought in step, and one by a plain ModelAdmin with the same rows, which has none of these.
"""

import argparse
import gc
import time
from contextlib import nullcontext
from statistics import median
from types import ModuleType

from support import site
from support.editor_client import filled_in

MENTIONS = 35


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="Saves of each kind (15).")
    parser.add_argument("--database", default="", help="An empty PostgreSQL database instead of SQLite.")
    options = parser.parse_args()
    with site.site(options.database):
        measure(options.rounds)


def measure(rounds):
    """Saves in turns, and prints the medians."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client, override_settings

    entry = prepare()
    gc.collect()
    gc.freeze()  # what loading the report has left in this process is not there in one that only serves
    client = Client()
    client.force_login(User.objects.get())
    kinds = {
        "description": lambda fields, number: fields.update(description=f"Changed {number}."),
        "a new name": lambda fields, number: add_name(fields, f"Zq{number}"),
        "a name in the text": lambda fields, number: add_name(fields, "" if number % 2 else "migration"),
    }
    storage = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    print(f"{entry.name}, {entry.mentions.count()} mentions, {connection.vendor}; milliseconds (median of {rounds})\n")
    print(f"{'what changes':22}{'the desk':>10}{'Django':>10}{'more':>10}")
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=storage, ROOT_URLCONF=addresses()):
        for kind, change in kinds.items():
            times = {"admin": [], "admin/plain": []}
            for number in range(2 * rounds):
                side = ("admin", "admin/plain")[number % 2]
                path = f"/{side}/sections/{entry.type}/{entry.pk}/change/"
                with nullcontext() if side == "admin" else quiet():
                    times[side].append(save(client, path, change, number // 2))
            desk, django = (1000 * median(times[name]) for name in times)
            print(f"{kind:22}{desk:10.0f}{django:10.0f}{desk - django:10.0f}", flush=True)


def prepare():
    """The entry whose number of mentions is nearest to the wanted one."""
    from django.contrib.auth.models import User
    from django.db.models import Count

    from sections.models import Entry

    User.objects.create_superuser("ana")
    counted = Entry.objects.annotate(n=Count("mentions"))
    return min(counted, key=lambda entry: (abs(entry.n - MENTIONS), entry.pk))


def addresses():
    """The site's addresses, and Django's own admin of the same entries with the same rows.

    That is below /admin/plain/, as only addresses of the desk take forms.
    """
    from django.contrib import admin
    from django.urls import path

    from reportsite.urls import urlpatterns
    from sections.models import Institution, Law, Name, Programme, Relation, ShortForm

    def rows(model, **more):
        return type(f"{model.__name__}Rows", (admin.TabularInline,), {"model": model, "extra": 1, **more})

    inlines = [rows(Name), rows(ShortForm), rows(Relation, fk_name="source", raw_id_fields=["target", "paragraph"])]
    plain = admin.AdminSite("plain")
    for model in (Institution, Law, Programme):
        plain.register(model, inlines=inlines, raw_id_fields=["description_paragraph"])
    made = ModuleType("addresses")
    made.urlpatterns = [path("admin/plain/", plain.urls), *urlpatterns]
    return made


class quiet:
    """Takes what listens to saves away for the time of Django's own save."""

    def __enter__(self):
        from django.db.models import signals

        self.signals = [signals.pre_save, signals.post_save, signals.pre_delete, signals.post_delete]
        self.kept = [signal.receivers for signal in self.signals]
        for signal in self.signals:
            signal.receivers = []
            signal.sender_receivers_cache.clear()

    def __exit__(self, *told):
        for signal, receivers in zip(self.signals, self.kept, strict=True):
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def add_name(fields, text):
    """Writes the name into the row that an earlier round has made, or into the empty one; no text deletes it."""
    texts = [key for key in fields if key.startswith("names-") and key.endswith("-text")]
    made = [key for key in texts if fields[key].startswith("Zq") or fields[key] == "migration"]
    key = made[0] if made else max(texts, key=lambda key: int(key.split("-")[1]))
    if text:
        fields[key] = text
        fields[key.replace("-text", "-language")] = "en"
        fields[key.replace("-text", "-form")] = "name"
    elif made:
        fields[key.replace("-text", "-DELETE")] = "on"


def save(client, path, change, number):
    """Saves by the desk, past the page of effects; the time of the request that writes."""
    fields = filled_in(client.get(path).content.decode())
    change(fields, number)
    fields["_continue"] = "1"
    for _ in range(2):
        start = time.perf_counter()
        answer = client.post(path, fields)
        took = time.perf_counter() - start
        if answer.status_code == 302:
            return took
        fields = filled_in(answer.content.decode())
    raise SystemExit(f"The desk did not save: {answer.content.decode()[:2000]}")


if __name__ == "__main__":
    main()
