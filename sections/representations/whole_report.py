"""All of a report in one piece: what the pages and the API show of it, for those who would otherwise crawl them."""

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from sections.models import ConventionArticle, Entry, Paragraph, Report, Section
from sections.queries.dates import dated_events
from sections.queries.documents import related_documents

from .documents import RelatedDocumentSerializer
from .fields import AddressField
from .figures import DatedEventSerializer
from .paragraphs import ParagraphSerializer, ReplySerializer, with_annotations
from .registers import ArticleListSerializer, EntrySerializer, with_coverage

AT_ONCE = 50  # paragraphs or entries that are in memory with all that belongs to them, some 30 KB each


class ReportSerializer(serializers.ModelSerializer):
    """The facts of the document."""

    class Meta:
        model = Report
        fields = ["symbol", "title", "state_party", "treaty_body", "language", "original_language", "official_address"]


class HeldReportSerializer(ReportSerializer):
    """A report in the list of those that are held here; addresses without a symbol speak of the default one."""

    url = AddressField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Report
        fields = [*ReportSerializer.Meta.fields, "url", "date_received", "date_distributed", "is_default"]


class EntryOfReportSerializer(EntrySerializer):
    """An entry that the report names; the mentions of the paragraphs say where, and `dates` of the report when."""

    class Meta:
        model = Entry
        fields = [
            name for name in EntrySerializer.Meta.fields if name not in ("dates", "paragraphs", "nested_paragraphs")
        ]


def whole_report(report: Report, context: dict[str, Any]) -> dict[str, Any]:
    """The report with its replies, paragraphs and dates, the entries that it names, and the articles.

    Paragraphs and entries are read a few at a time, each time with the same number of queries.
    """
    context = {**context, "report": report}
    counted = Entry.objects.with_counts(report)
    named = counted.filter(Q(paragraph_count__gt=0) | Q(nested_count__gt=0)).order_by("type", "name", "slug")
    relations = ("relations__target", "relations__paragraph", "inverse_relations__source")
    entries = named.prefetch_related("names", *relations, "inverse_relations__paragraph")
    replies = Section.objects.replies().filter(report=report).order_by("number")
    outline = ("report", "reply_subject", "convention_part", "parent__parent__parent")
    replies = replies.select_related(*outline).prefetch_related("paragraphs")
    paragraphs = with_annotations(Paragraph.objects.filter(report=report).order_by("number"))
    articles = with_coverage(ConventionArticle.objects.all(), report)
    dates = dated_events(report).prefetch_related(None).select_related("block__paragraph")
    return {
        "report": ReportSerializer(report, context=context).data,
        "documents": RelatedDocumentSerializer(related_documents(report), many=True).data,
        "replies": ReplySerializer(replies, many=True, context=context).data,
        "paragraphs": ParagraphSerializer(paragraphs.iterator(AT_ONCE), many=True, context=context).data,
        "dates": DatedEventSerializer(dates, many=True).data,
        "entries": EntryOfReportSerializer(entries.iterator(AT_ONCE), many=True, context=context).data,
        "articles": ArticleListSerializer(articles, many=True, context=context).data,
    }
