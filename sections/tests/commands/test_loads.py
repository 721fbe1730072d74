"""Every load of content is recorded: which report, from where, when, by which version of the software."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from sections.exports.fixtures import fixture_files
from sections.models import ContentLoad, ErrorReport, Report, current_version
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    make_world()
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    Report.objects.all().delete()
    return tmp_path


def run(command, *arguments, **options):
    call_command(command, *map(str, arguments), stdout=StringIO(), **options)


def test_a_load_of_the_fixtures_is_recorded_with_its_version(files):
    begun, version = timezone.now(), current_version().content
    run("load_report", initial=True, directory=files)
    load = ContentLoad.objects.get()
    assert (load.symbol, load.way, load.source_name) == (SYMBOL, "fixtures", "XXX-C-EXA-1.txt")
    assert load.version == settings.VERSION
    assert begun <= load.when <= timezone.now()
    assert current_version().content > version, "pages that show the date are made anew"


def test_a_load_that_is_only_tried_is_not_recorded(files):
    run("load_report", dry_run=True, directory=files)
    assert not ContentLoad.objects.exists()


def test_fixtures_without_a_report_are_no_load_of_one(files):
    run("load_report", initial=True, directory=files)
    run("loaddata", files / "convention.json")
    assert ContentLoad.objects.count() == 1


def test_each_load_stays_in_the_record(files):
    run("load_report", yes=True, directory=files)
    run("load_report", yes=True, directory=files)
    assert list(ContentLoad.objects.values_list("symbol", flat=True)) == [SYMBOL] * 2


def test_an_import_is_recorded_but_not_where_nothing_changed(tmp_path):
    source = tmp_path / "report.txt"
    source.write_text("Reply to paragraph 1\n\n1.\tFirst.\n\n2.\tSecond.\n", encoding="utf-8")
    run("import_report", source, "--symbol", "XXX/C/OTH/2", "--dry-run")
    assert not ContentLoad.objects.exists()
    for _ in range(2):
        run("import_report", source, "--symbol", "XXX/C/OTH/2")
    load = ContentLoad.objects.get()
    assert (load.symbol, load.way, load.source_name) == ("XXX/C/OTH/2", "import", "report.txt")
    source.write_text("Reply to paragraph 1\n\n1.\tFirst.\n\n2.\tAnother.\n", encoding="utf-8")
    run("import_report", source, "--symbol", "XXX/C/OTH/2", "--replace")
    assert ContentLoad.objects.count() == 2


def test_neither_loads_nor_reports_of_errors_are_part_of_the_fixtures(files):
    run("load_report", initial=True, directory=files)
    ErrorReport.objects.create(text="Wrong.", language="en-gb", form="a", content="b")
    models = {record.model for _, records in fixture_files() for record in records}
    assert not models & {"sections.contentload", "sections.errorreport"}
