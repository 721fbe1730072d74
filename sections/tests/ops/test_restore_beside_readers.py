"""A restore beside a running site: all its processes show what was restored, and none has to be started again."""

import re
import time
from urllib.request import urlopen

import pytest

from sections.tests.support import site

pytestmark = [pytest.mark.apart, pytest.mark.long]

FIRST = "from sections.models import Entry\nentry = Entry.objects.filter(type='institution').order_by('pk').first()\n"
TELL = f"{FIRST}print(f'first={{entry.type}}s/{{entry.slug}}')\n"
RENAME = f"{FIRST}entry.name = 'Zyzzyva Observatory'\nentry.save()\n"


def read(address):
    with urlopen(address, timeout=30) as response:
        return response.read().decode()


def shows(address, found, seconds=10):
    """Whether the page shows it, or no longer does, in time: eight times in a row, from all processes."""
    end, in_a_row = time.monotonic() + seconds, 0
    while time.monotonic() < end and in_a_row < 8:
        in_a_row = in_a_row + 1 if ("Zyzzyva Observatory" in read(address)) is found else 0
        time.sleep(0.05)
    return in_a_row >= 8


def test_every_process_shows_what_was_restored(tmp_path):
    with site.serving(tmp_path, WEB_CONCURRENCY="2", LOG_LEVEL="ERROR") as (address, _):
        slug = re.search(r"first=(\S+)", site.manage(tmp_path, "shell", given=TELL))[1]
        page, api = f"{address}/{slug}/", f"{address}/api/v1/{slug}/"
        search = f"{address}/api/v1/search/?q=zyzzyva+observatory"
        assert shows(page, False)
        site.manage(tmp_path, "backup", str(tmp_path / "kept.zip"))
        site.manage(tmp_path, "shell", given=RENAME)
        assert shows(page, True)
        assert shows(api, True)
        assert shows(search, True)
        site.manage(tmp_path, "restore", str(tmp_path / "kept.zip"), "--yes")
        assert shows(page, False)
        assert shows(api, False)
        assert '"entries":[]' in read(search).replace(" ", "")
        (former,) = (tmp_path / "backups").glob("before-restore-*.zip")
        site.manage(tmp_path, "restore", str(former), "--yes")
        assert shows(page, True)
        assert shows(search, True)
