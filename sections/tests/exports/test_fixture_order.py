"""The order of the fixture files, which is kept in one place."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from sections.exports.fixtures import FILES, fixture_files, in_load_order
from sections.models import Report
from sections.tests.support.world import make_world

README = (settings.FIXTURE_DIRS[0] / "README.md").read_text(encoding="utf-8")
NAMES = [name.replace("*", "CMW-C-MEX-3") for name in FILES]


def test_the_readme_loads_the_files_in_their_order():
    command = next(line for line in README.splitlines() if "manage.py loaddata" in line)
    assert command.split("loaddata")[1].split() == NAMES


def test_the_readme_describes_the_files_in_their_order():
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`([^`]+)\.json`", row)] == NAMES


@pytest.mark.django_db
def test_it_writes_the_files_in_the_order_in_which_it_loads_them(tmp_path):
    make_world()
    Report.objects.create(symbol="AAA/C/OTH/2", title="Second report", state_party="Otheria", treaty_body="C")
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    written = [name for name, _ in fixture_files()]
    assert [path.name for path in in_load_order(tmp_path)] == written
    assert written[:4] == ["convention.json", "report-AAA-C-OTH-2.json", "report-XXX-C-EXA-1.json", "replies.json"]
