"""The search index, as ordinary rows of any database: segments of documents, occurrences by key, the vocabulary.

A search in one report reads the segments of that report; a search in all reports reads postings by their key, and the
words of all reports together.

All but the thesaurus is made from the other tables, and can be made anew at any time. Only `search.indexer` writes
it. A `seq` is the content version (see `content_version`) of the change that wrote a row: readers load what is newer.
"""

from django.db import models

from .content import ContentModel
from .fields import CleanCharField, CleanNameField
from .history import History


class SearchSegment(models.Model):
    """Up to 65,536 documents, numbered from 0: paragraphs of one report."""

    report = models.BigIntegerField(db_index=True)
    seq = models.BigIntegerField(help_text="Content version at which its documents last changed.")
    links_seq = models.BigIntegerField(db_index=True, help_text="Content version at which `links` last changed.")
    layout = models.PositiveSmallIntegerField(help_text="Which form of the index the rows have.")
    columns = models.BinaryField(help_text="A number of 64 bits for each column and document, see search.indexer.")
    links = models.BinaryField(help_text="The entries, articles and parts of each document, see search.engine.links.")

    def __str__(self) -> str:
        return f"segment {self.pk}"


class SearchDocument(models.Model):
    """Where a paragraph stands in the index, and what was indexed of it."""

    paragraph = models.BigIntegerField(primary_key=True)
    report = models.BigIntegerField(db_index=True)
    segment = models.ForeignKey(SearchSegment, models.CASCADE, related_name="documents")
    number = models.PositiveIntegerField(help_text="Of the document in its segment.")
    keys = models.TextField(help_text="The keys of its links and subjects, with spaces between them.")
    text_digest = models.CharField(max_length=16, help_text="Of its text and its place in the outline.")
    links_digest = models.CharField(max_length=16, help_text="Of its links and subjects.")

    def __str__(self) -> str:
        return f"document {self.number} of segment {self.segment_id}"


class SearchTerm(models.Model):
    """A word of a segment in its exact form, with its stem and the number of documents that hold it."""

    segment = models.ForeignKey(SearchSegment, models.CASCADE, related_name="terms", db_index=False)
    term = models.CharField(max_length=100)
    stem = models.CharField(max_length=100)
    documents = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "term"], name="unique_search_term")]
        indexes = [models.Index(fields=["segment", "stem"], name="search_term_by_stem")]

    def __str__(self) -> str:
        return self.term


class SearchWord(models.Model):
    """A word of all reports in its exact form, with its stem and the number of documents that hold it."""

    term = models.CharField(max_length=100, primary_key=True)
    stem = models.CharField(max_length=100)
    family = models.CharField(max_length=100, help_text="What the stem shares with its derivatives: racism, racist.")
    documents = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["stem"], name="search_word_by_stem"),
            models.Index(fields=["family"], name="search_word_by_family"),
        ]

    def __str__(self) -> str:
        return self.term


class SearchPosting(models.Model):
    """Where a key occurs in a segment: packed numbers, see `search.engine.postings`; empty where it no longer does."""

    segment = models.ForeignKey(SearchSegment, models.CASCADE, related_name="postings")
    key = models.CharField(max_length=110)
    data = models.BinaryField()
    seq = models.BigIntegerField(db_index=True, help_text="Content version at which it last changed.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "segment"], name="unique_posting_of_segment")]

    def __str__(self) -> str:
        return f"{self.key} in segment {self.segment_id}"


class Synonym(ContentModel):
    """A line of the thesaurus: who searches for the term also finds what says it otherwise, below literal hits."""

    term = CleanNameField(max_length=100, help_text="What people type: minors.")
    says = CleanNameField(max_length=100, help_text="What the report says instead: children and adolescents.")
    both_ways = models.BooleanField(default=True, help_text="Whether the second also finds the first.")
    note = CleanCharField(max_length=200, blank=True, help_text="Why, where that is not plain.")

    NATURAL_KEY = ("term", "says")
    history = History()

    class Meta:
        ordering = ["term", "says"]
        verbose_name = "line of the thesaurus"
        verbose_name_plural = "thesaurus"
        constraints = [models.UniqueConstraint(fields=["term", "says"], name="unique_synonym")]

    def __str__(self) -> str:
        return f"{self.term} → {self.says}"
