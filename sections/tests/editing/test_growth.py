"""What an import and an edit cost does not depend on the reports that are there already."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sections.editing.relink import names_of, relink
from sections.models import Mention, Name, Report
from sections.search.service import rebuild
from sections.tests.support.examplia import report_of
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, make_indexed_world, make_other_report

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_indexed_world)


def add_reports(first, last):
    for number in range(first, last):
        make_other_report(f"YYY/C/OTH/{number}", ("The ferryman waits.", f"So does the {OFFICE}."))
    rebuild()


def import_queries(tmp_path, symbol):
    source = tmp_path / f"{symbol.replace('/', '-')}.txt"
    source.write_bytes(report_of("1.\tThe lamplighter counts.", "2.\tNobody else does."))
    with CaptureQueriesContext(connection) as queries:
        call_command("import_report", str(source), symbol=symbol, verbosity=0)
    return len(queries)


def name_queries(world, text):
    before = names_of([world.plan.pk])
    name = Name.objects.create(entry=world.plan, text=text)
    with CaptureQueriesContext(connection) as queries:
        relink(before, [world.plan.pk])
    before = names_of([world.plan.pk])
    name.delete()  # each name of the entry is looked for
    relink(before, [world.plan.pk])
    return len(queries)


def test_an_import_and_a_new_name_ask_no_more_where_there_are_more_reports(world, tmp_path, capsys):
    add_reports(1, 3)
    few = import_queries(tmp_path, "ZZZ/C/NEW/1"), name_queries(world, "Gondola Quagga")
    add_reports(3, 12)
    assert (import_queries(tmp_path, "ZZZ/C/NEW/2"), name_queries(world, "Gondola Zebu")) == few


def test_a_new_name_is_found_in_every_report_and_only_there(world):
    add_reports(1, 4)
    before = names_of([world.plan.pk])
    Name.objects.create(entry=world.plan, text="ferryman waits")
    relink(before, [world.plan.pk])
    rows = Mention.objects.filter(entry=world.plan, surface="ferryman waits")
    found = rows.values_list("block__paragraph__report__symbol", flat=True)
    assert sorted(found) == [f"YYY/C/OTH/{number}" for number in (1, 2, 3)]


def test_a_new_name_is_found_in_a_report_that_the_index_does_not_hold(world):
    before = names_of([world.plan.pk])
    report = make_other_report("YYY/C/OTH/1", ("The ferryman waits.",))
    assert Report.objects.count() == 2
    Name.objects.create(entry=world.plan, text="ferryman waits")
    relink(before, [world.plan.pk])
    assert Mention.objects.filter(entry=world.plan, block__paragraph__report=report).count() == 1
