"""No constraint of the database reaches a person as an error page: each becomes words at a field of the form.

What is tried comes from the models themselves, so that a constraint that is yet to be written is tried as well.
"""

import re
from itertools import groupby, product
from operator import itemgetter

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import UniqueConstraint
from django.test import Client

from sections.admin.saving.constraints import RANGES, fields_of, words_of
from sections.admin.saving.refusals import RefusableForms
from sections.models import Entry, Relation, Report
from sections.tests.support import desk
from sections.tests.support.desk_forms import boss, complete, make_every_record, registered, with_new_row

pytestmark = pytest.mark.django_db

KEYS = ["0", "999999999", "9223372036854775808", "9" * 30, "x", "1\0"]


@pytest.fixture
def ana(world):
    other = Report.objects.get(pk=world.report.pk)
    other.pk, other.symbol, other.is_default = None, "XXX/C/EXA/2", False
    other.save()
    make_every_record(world.report)
    return desk.editor(Client(raise_request_exception=False))


def forms_of_models():
    """Each form of the desk: its address, the prefix of its fields ("" or that of rows), its class and its model."""
    request, found = boss(), []
    for pages, changes, adds, row in registered():
        if not isinstance(pages, RefusableForms):
            continue  # those of libraries are caught where they fail: see test_kept_input
        if adds:
            found.append((adds, "", pages.get_form(request), pages.model, None))
        if row is None:
            continue
        found.append((changes, "", pages.get_form(request, row, change=True), pages.model, row))
        for formset, inline in pages.get_formsets_with_inlines(request, row):
            found.append((changes, formset.get_default_prefix(), formset.form, inline.model, row))
    return found


def hostile_values(form, model, of_parent):
    """For each field of a form that a person fills in, the values that its column cannot hold."""
    values = {}
    for name, field in form.base_fields.items():
        if field.disabled or field.widget.is_hidden or name == of_parent:
            continue
        if isinstance(field, forms.ModelChoiceField):
            values[name] = KEYS
        elif isinstance(field, forms.DecimalField):
            values[name] = ["9" * 30, "NaN", "1e999", "x"]
        elif isinstance(field, forms.IntegerField):
            least, most = range_of(field, model, name)
            values[name] = [str(least - 1), str(most + 1), "9" * 30]
        elif isinstance(field, forms.DateField):
            values[name] = ["0000-01-01", "10000-01-01", "2026-02-30"]
        elif isinstance(field, forms.CharField) and "password" not in name:
            values[name] = ["a\0b", *(["x" * (field.max_length + 1)] if field.max_length else [])]
    return values


def range_of(field, model, name):
    """The least and the greatest number of the column of a field; of a field without a column, its own."""
    column = next((column for column in model._meta.fields if column.name == name), None)
    return RANGES[column.get_internal_type()] if column else (field.min_value, field.max_value)


def errors_of(answer, prefix):
    """The errors of the form in an answer, or of its rows with this prefix, by field."""
    if not prefix:
        return answer.context["adminform"].form.errors
    groups = [each.formset for each in answer.context["inline_admin_formsets"]]
    return {name for formset in groups if formset.prefix == prefix for row in formset.errors for name in row}


@pytest.mark.long
def test_a_value_that_a_column_cannot_hold_is_told_at_its_field(ana):
    """The fields of a page and of all its rows are tried together, because each is judged by itself."""
    complaints, tried = [], 0
    for address, parts in groupby(forms_of_models(), key=itemgetter(0)):
        fields, values = desk.filled_in(ana.get(address)), {}
        for _address, prefix, form, model, row in parts:
            fields, start = with_new_row(fields, prefix)
            hostile = hostile_values(form, model, parent_of(model, row) if prefix else "").items()
            values |= {(prefix, start, name): given for name, given in hostile if f"{start}{name}" in fields or start}
        for place in range(max(map(len, values.values()), default=0)):
            given = {key: each[place] for key, each in values.items() if place < len(each)}
            tried += len(given)
            posted = {f"{start}{name}": value for (_prefix, start, name), value in given.items()}
            answer = ana.post(address, fields | posted)
            for (prefix, start, name), value in given.items():
                if answer.status_code != 200 or name not in errors_of(answer, prefix):
                    complaints.append((address, start, name, value[:20], answer.status_code))
    assert complaints == []
    assert tried > 150


def constraints():
    """Each constraint of a model that the desk edits, with the address and the prefix of the form."""
    seen, found = set(), []
    for address, prefix, form, model, row in forms_of_models():
        concrete = model._meta.concrete_model
        own = [
            UniqueConstraint(fields=[f.name], name=f"{f.name}_of_{concrete.__name__}") for f in unique_fields(concrete)
        ]
        for constraint in (*concrete._meta.constraints, *own):
            if constraint.name in form.settled_by_saving:
                continue
            of_parent = parent_of(model, row) if prefix else ""
            shown = [name for name in fields_of(model(), constraint) if name in form.base_fields and name != of_parent]
            if shown and (constraint.name, address) not in seen:
                seen.add((constraint.name, address))
                found.append((constraint, address, prefix, form, model, row))
    return found


def unique_fields(model):
    return [field for field in model._meta.concrete_fields if field.unique and not field.primary_key]


def breaking(constraint, form, model, row, prefix):
    """Values of the form that break the constraint, from records or from plain values; None for none.

    A field that stands for columns which the form does not show, such as the words for their place, goes with them.
    """
    names = fields_of(model(), constraint)
    editable = [name for name in names if name in form.base_fields]
    if isinstance(constraint, UniqueConstraint):
        others = model._default_manager.all()
        if prefix:
            others = model._default_manager.filter(**{parent_of(model, row): row})
        elif row is not None:
            others = others.exclude(pk=row.pk)
        other = others.first()
        if other is None:
            return None
        has_hidden = not prefix and set(names) - set(editable)
        stand_in = [*form.declared_fields, "surface"] if has_hidden else []
        shown = {name: value for name, value in form(instance=other).initial.items() if name in stand_in and value}
        return shown | {name: key_of(other, name) for name in editable}
    plain = {name: values_for(model, name, row) for name in names}
    for values in product(*plain.values()):
        trial = model(**dict(zip(names, values, strict=True)))
        try:
            constraint.validate(model, trial)
        except ValidationError:
            return {name: key_of(trial, name) for name in editable}
    return None


def parent_of(model, row):
    return next(
        field.name
        for field in model._meta.concrete_fields
        if field.related_model and isinstance(row, field.related_model._meta.concrete_model)
    )


def values_for(model, name, row):
    field = model._meta.get_field(name)
    if field.related_model:
        of_row = isinstance(row, field.related_model._meta.concrete_model)
        return (
            [field.related_model._base_manager.get(pk=row.pk)]
            if of_row
            else field.related_model._base_manager.all()[:3]
        )
    return ["", "x", "y"] if field.get_internal_type() in ("CharField", "TextField", "SlugField") else [0, 1, 2]


def key_of(record, name):
    value = getattr(record, record._meta.get_field(name).attname)
    return "" if value is None else str(value)


@pytest.mark.long
def test_a_form_that_breaks_a_constraint_says_so_at_a_field(ana, world):
    complaints, tried = [], set()
    for constraint, address, prefix, form, model, row in constraints():
        values = breaking(constraint, form, model, row, prefix)
        if values is None:
            continue
        fields, start = with_new_row(desk.filled_in(ana.get(address)), prefix)
        given = complete(form, fields, start, values)
        answer = ana.post(address, fields | given)
        tried.add(constraint.name)
        if answer.status_code != 200 or not set(errors_of(answer, prefix)) & set(values):
            complaints.append((constraint.name, address, answer.status_code, given))
    assert complaints == []
    assert {constraint.name for constraint, *_rest in constraints()} == tried


def test_the_mark_of_the_default_report_moves_to_the_one_where_it_is_ticked(ana, world):
    address = f"/admin/sections/report/{Report.objects.get(symbol='XXX/C/EXA/2').pk}/change/"
    answer = desk.send(ana, address, desk.filled_in(ana.get(address)) | {"is_default": "on"})
    assert answer.status_code == 302, desk.words(answer)
    assert Report.objects.get(is_default=True).symbol == "XXX/C/EXA/2"


def test_a_taken_address_is_told_at_its_field(ana, world):
    address = "/admin/sections/programme/add/"
    fields = desk.filled_in(ana.get(address)) | {"name": "Roads anew", "slug": world.plan.slug, "kind": "plan"}
    answer = ana.post(address, fields)
    assert answer.status_code == 200
    row = re.search(r'<div class="form-row errors field-slug">.*?</ul>', answer.content.decode(), re.DOTALL)
    assert row and "Another record has the same values already:" in row[0]
    assert desk.filled_in(answer)["name"] == "Roads anew"


def test_a_relation_to_itself_is_told_in_its_row(ana, world):
    fields = desk.filled_in(ana.get(desk.place(world.plan)))
    row = desk.new_row(fields, "relations")
    given = {f"{row}kind": "established_under", f"{row}target": str(world.plan.pk), f"{row}paragraph": ""}
    answer = ana.post(desk.place(world.plan), fields | given)
    assert answer.status_code == 200
    assert "These values do not fit together:" in desk.words(answer)
    assert not Relation.objects.filter(source=world.plan, target=world.plan).exists()


def test_two_saves_at_once_are_told_apart_in_words(ana, world, monkeypatch):
    """The second is checked before the first is stored, so that only the database can refuse it."""
    address, checks = "/admin/sections/programme/add/", []
    fields = desk.filled_in(ana.get(address)) | {"name": "Roads anew", "slug": world.plan.slug, "kind": "plan"}
    real = UniqueConstraint.validate

    def late(self, *args, **options):
        checks.append(self.name)
        if checks.count(self.name) > 1:
            real(self, *args, **options)

    monkeypatch.setattr(UniqueConstraint, "validate", late)
    answer = ana.post(address, fields)
    assert (answer.status_code, desk.filled_in(answer)["name"]) == (409, "Roads anew")
    assert "Another record has the same values already:" in desk.words(answer)
    assert Entry.objects.filter(slug=world.plan.slug).count() == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (IntegrityError("UNIQUE constraint failed: sections_entry.type, sections_entry.slug"), "type, slug"),
        (IntegrityError("duplicate key\nDETAIL:  Key (block_id, start)=(1, 2) already exists."), "block, start"),
        (IntegrityError('violates unique constraint "unique_entry_slug"'), "has the same values already"),
        (IntegrityError("CHECK constraint failed: relation_between_two"), "do not fit together"),
        (IntegrityError("FOREIGN KEY constraint failed"), "deleted meanwhile"),
        (IntegrityError('insert violates foreign key constraint "sections_name_entry_id_fk"'), "deleted meanwhile"),
        (DataError("value too long for type character varying(80)"), "cannot store one of these values"),
    ],
)
def test_every_refusal_of_a_database_has_words(error, words):
    assert words in words_of(error)


def test_a_constraint_of_the_database_is_words_where_no_form_checks_it(ana, world, monkeypatch):
    def insert(*args, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO sections_name (id) VALUES (1)")

    monkeypatch.setattr("sections.admin.review.samples.draw_sample", insert)
    answer = ana.post("/admin/samples/", {"kind": "articles", "size": "2", "checked_by": "Ana of the roads"})
    assert (answer.status_code, desk.filled_in(answer)["checked_by"]) == (409, "Ana of the roads")
