"""All that readers see and that is not the report's text is edited at the desk, and keeps its history."""

import pytest
from django.apps import apps
from django.contrib import admin

from sections import models
from sections.admin.base import AuditedAdmin
from sections.admin.entries.entry_admin import EntryAdmin
from sections.admin.paragraphs.paragraph_admin import ParagraphAdmin
from sections.admin.report.sums import CheckedSumAdmin
from sections.models.content import ContentModel
from sections.tests.support.desk import editor
from sections.tests.support.world import make_world

# What the report says: the source alone gives it. The desk shows paragraphs, headings and tables, and why they stay.
TEXT = {
    models.Abbreviation, models.Block, models.Footnote, models.Paragraph, models.Reference, models.Section,
    models.Table,
}  # fmt: skip
# What a named person found on one day: it is answered on a page of its own, and stands as it was found.
FOUND = {models.Sample, models.SampleItem}
# Made when entries are merged or moved, and undone with that.
MADE = {models.FormerAddress}
# Rows that are edited on the page of the record to which they belong.
ROWS = {
    models.Name: EntryAdmin, models.ShortForm: EntryAdmin, models.Relation: EntryAdmin,
    models.Note: ParagraphAdmin, models.Subjects: ParagraphAdmin, models.ArticleLink: ParagraphAdmin,
    models.Addend: CheckedSumAdmin,
}  # fmt: skip
# Decided on one by one at the review desk.
REVIEWED = {models.Mention}


def content_models():
    concrete = [model for model in apps.get_models() if issubclass(model, ContentModel) and not model._meta.proxy]
    return [model for model in concrete if model not in TEXT | FOUND | MADE]


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model.__name__)
def test_what_readers_see_has_a_page_at_the_desk_with_a_history(model):
    assert hasattr(model, "history"), f"{model.__name__} keeps no history"
    if model in REVIEWED:
        return
    pages = [page for page in admin.site._registry.values() if page.model._meta.concrete_model is model]
    audited = [page for page in pages if isinstance(page, AuditedAdmin)]
    if model in ROWS:
        rows = {inline.model for page in admin.site._registry.values() if isinstance(page, ROWS[model])
                for inline in page.inlines}  # fmt: skip
        assert model in rows
    else:
        assert audited, f"{model.__name__} has no page that keeps its history"


@pytest.mark.parametrize("model", [models.Section, models.Table, models.Paragraph], ids=lambda model: model.__name__)
def test_the_text_is_shown_and_not_changed(model):
    page = admin.site._registry[model]
    assert isinstance(page, AuditedAdmin)
    fields = {name for _, options in page.fieldsets for name in options["fields"]}
    assert not page.has_add_permission(None)
    assert model is models.Paragraph and fields <= set(page.readonly_fields) or not page.has_change_permission(None)


@pytest.mark.django_db
def test_every_list_of_the_desk_opens_with_each_of_its_filters_and_a_search(client):
    make_world()
    editor(client)
    for model, page in admin.site._registry.items():
        if not isinstance(page, AuditedAdmin):
            continue
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for query in ("", "?q=office", "?q=12", "?o=-1", "?paragraph=3&article=4&year=2014&kind=x&q=%20"):
            answer = client.get(address + query, follow=True)
            assert answer.status_code == 200, address + query
        assert client.get(f"{address}deleted/").status_code == 200
