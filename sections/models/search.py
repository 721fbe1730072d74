"""The search index, as ordinary rows of any database: occurrences by word, the vocabulary, the thesaurus.

All but the thesaurus is made from the other tables, and can be made anew at any time.
"""

import uuid

from django.db import models

from .history import keep_history, track


def new_version():
    return uuid.uuid4().hex


class SearchState(models.Model):
    """The one row that says which state the index is in; whatever changes the index gives it a new version."""

    version = models.CharField(max_length=32, default=new_version)
    documents = models.PositiveIntegerField(default=0, help_text="Number of paragraphs in the index.")
    layout = models.PositiveSmallIntegerField(default=0, help_text="Which form of the index the rows have.")

    class Meta:
        verbose_name_plural = "search state"

    def __str__(self):
        return self.version


class SearchTerm(models.Model):
    """A word of the index in its exact form, with its stem and the number of paragraphs that hold it."""

    term = models.CharField(max_length=100, primary_key=True)
    stem = models.CharField(max_length=100, db_index=True)
    documents = models.PositiveIntegerField()

    class Meta:
        ordering = ["term"]

    def __str__(self):
        return self.term


class SearchPosting(models.Model):
    """Where a key occurs among the 65,536 documents of a shard: packed numbers, see `search.postings`."""

    key = models.CharField(max_length=110)
    shard = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["key", "shard"]
        constraints = [models.UniqueConstraint(fields=["key", "shard"], name="unique_search_posting")]

    def __str__(self):
        return f"{self.key} in shard {self.shard}"


class SynonymQuerySet(models.QuerySet):
    def get_by_natural_key(self, term, says):
        return self.get(term=term, says=says)


class Synonym(models.Model):
    """A line of the thesaurus: who searches for the term also finds what says it otherwise, below literal hits."""

    term = models.CharField(max_length=100, help_text="What people type: minors.")
    says = models.CharField(max_length=100, help_text="What the report says instead: children and adolescents.")
    both_ways = models.BooleanField(default=True, help_text="Whether the second also finds the first.")
    note = models.CharField(max_length=200, blank=True, help_text="Why, where that is not plain.")

    objects = SynonymQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["term", "says"]
        verbose_name = "line of the thesaurus"
        verbose_name_plural = "thesaurus"
        constraints = [models.UniqueConstraint(fields=["term", "says"], name="unique_synonym")]

    def __str__(self):
        return f"{self.term} → {self.says}"

    def natural_key(self):
        return (self.term, self.says)


track(Synonym)
