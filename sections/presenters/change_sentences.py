"""What a change did to one row, as a sentence in the reader's language.

Whole sentences, so that each language has its own order and agreement. `%(who)s` is a role or a name, and the subject.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sections.models import (
    Addend,
    ArticleLink,
    BackReference,
    CheckedSum,
    ConventionArticle,
    ConventionText,
    DatedEvent,
    Entry,
    Figure,
    FormerAddress,
    Mention,
    Name,
    Note,
    Place,
    PlaceMention,
    RelatedDocument,
    Relation,
    ReplySubject,
    Report,
    Review,
    ShortForm,
    Silence,
    Subjects,
    Synonym,
)
from sections.models.history import FormerRow

Sentences = dict[type, dict[str, Promise]]

REVIEWED = {Review.CONFIRMED: "confirmed", Review.REJECTED: "rejected", Review.UNREVIEWED: "reopened"}

SENTENCES: Sentences = {
    Entry: {
        "added": _("%(who)s added the entry “%(title)s”."),
        "changed": _("%(who)s changed the entry “%(title)s”."),
        "removed": _("%(who)s deleted the entry “%(title)s”."),
    },
    Name: {
        "added": _("%(who)s added the name “%(title)s” to the entry “%(entry)s”."),
        "changed": _("%(who)s changed the name “%(title)s” of the entry “%(entry)s”."),
        "removed": _("%(who)s deleted the name “%(title)s” of the entry “%(entry)s”."),
        "moved": _("%(who)s moved the name “%(title)s” from the entry “%(former)s” to the entry “%(entry)s”."),
    },
    ShortForm: {
        "added": _("%(who)s added the short form “%(title)s” to the entry “%(entry)s”."),
        "changed": _("%(who)s changed the short form “%(title)s” of the entry “%(entry)s”."),
        "removed": _("%(who)s deleted the short form “%(title)s” of the entry “%(entry)s”."),
        "moved": _("%(who)s moved the short form “%(title)s” from the entry “%(former)s” to the entry “%(entry)s”."),
    },
    FormerAddress: {
        "added": _("%(who)s made the former address “%(title)s” lead to the entry “%(entry)s”."),
        "changed": _("%(who)s made the former address “%(title)s” lead to the entry “%(entry)s”."),
        "removed": _("%(who)s ended that the former address “%(title)s” leads to the entry “%(entry)s”."),
    },
    Relation: {
        "added": _("%(who)s added a relation: “%(source)s” %(relation)s “%(target)s”."),
        "changed": _("%(who)s changed a relation: “%(source)s” %(relation)s “%(target)s”."),
        "removed": _("%(who)s deleted a relation: “%(source)s” %(relation)s “%(target)s”."),
    },
    Note: {
        "added": _("%(who)s wrote a note on paragraph %(number)s."),
        "changed": _("%(who)s changed a note on paragraph %(number)s."),
        "removed": _("%(who)s deleted a note on paragraph %(number)s."),
    },
    Subjects: {
        "added": _("%(who)s added search terms to paragraph %(number)s."),
        "changed": _("%(who)s changed the search terms of paragraph %(number)s."),
        "removed": _("%(who)s deleted the search terms of paragraph %(number)s."),
    },
    Synonym: {
        "added": _("%(who)s added “%(term)s” to the thesaurus of the search."),
        "changed": _("%(who)s changed “%(term)s” in the thesaurus of the search."),
        "removed": _("%(who)s deleted “%(term)s” from the thesaurus of the search."),
    },
    ReplySubject: {
        "added": _("%(who)s wrote the subject of reply %(reply)s: “%(title)s”."),
        "changed": _("%(who)s changed the subject of reply %(reply)s: “%(title)s”."),
        "removed": _("%(who)s deleted the subject of reply %(reply)s."),
    },
    RelatedDocument: {
        "added": _("%(who)s added the related document %(title)s."),
        "changed": _("%(who)s changed what is said of the related document %(title)s."),
        "removed": _("%(who)s deleted the related document %(title)s."),
    },
    Silence: {
        "added": _("%(who)s recorded that a person read the report for article %(article)s and found no paragraph."),
        "changed": _("%(who)s changed the record of the reading of the report for article %(article)s."),
        "removed": _("%(who)s deleted the record of the reading of the report for article %(article)s."),
    },
    ConventionText: {
        "added": _("%(who)s loaded the text of the Convention (%(title)s)."),
        "changed": _("%(who)s replaced the text of the Convention (%(title)s)."),
        "removed": _("%(who)s deleted the text of the Convention (%(title)s)."),
    },
    Report: {
        "added": _("%(who)s added the report %(title)s."),
        "changed": _("%(who)s changed what this site says of the report %(title)s."),
        "removed": _("%(who)s deleted the report %(title)s."),
    },
    ConventionArticle: {
        "added": _("%(who)s added the caption of %(title)s of the Convention."),
        "changed": _("%(who)s changed the caption of %(title)s of the Convention."),
        "removed": _("%(who)s deleted the caption of %(title)s of the Convention."),
    },
    CheckedSum: {
        "added": _("%(who)s added a checked sum in paragraph %(number)s: %(title)s."),
        "changed": _("%(who)s changed a checked sum in paragraph %(number)s: %(title)s."),
        "removed": _("%(who)s deleted a checked sum in paragraph %(number)s: %(title)s."),
        "confirmed": _("%(who)s confirmed a checked sum in paragraph %(number)s: %(title)s."),
        "rejected": _("%(who)s rejected a checked sum in paragraph %(number)s: %(title)s."),
        "reopened": _("%(who)s reopened a checked sum in paragraph %(number)s for review: %(title)s."),
    },
    Addend: {
        "added": _("%(who)s added the figure “%(figure)s” to the checked sum “%(title)s”."),
        "changed": _("%(who)s replaced a figure of the checked sum “%(title)s” by “%(figure)s”."),
        "removed": _("%(who)s took the figure “%(figure)s” out of the checked sum “%(title)s”."),
    },
    BackReference: {
        "added": _("%(who)s recorded where “%(title)s” in paragraph %(number)s points back to."),
        "changed": _("%(who)s changed where “%(title)s” in paragraph %(number)s points back to."),
        "removed": _("%(who)s deleted where “%(title)s” in paragraph %(number)s points back to."),
    },
    Place: {
        "added": _("%(who)s added the place “%(title)s”."),
        "changed": _("%(who)s changed the place “%(title)s”."),
        "removed": _("%(who)s deleted the place “%(title)s”."),
    },
    Figure: {
        "added": _("%(who)s added the figure “%(title)s” in paragraph %(number)s."),
        "changed": _("%(who)s changed what is said of the figure “%(title)s” in paragraph %(number)s."),
        "removed": _("%(who)s deleted the figure “%(title)s” in paragraph %(number)s."),
        "confirmed": _("%(who)s confirmed the figure “%(title)s” in paragraph %(number)s."),
        "rejected": _("%(who)s rejected the figure “%(title)s” in paragraph %(number)s."),
        "reopened": _("%(who)s reopened the figure “%(title)s” in paragraph %(number)s for review."),
    },
    DatedEvent: {
        "added": _("%(who)s added the date “%(title)s” in paragraph %(number)s."),
        "changed": _("%(who)s changed what is said of the date “%(title)s” in paragraph %(number)s."),
        "removed": _("%(who)s deleted the date “%(title)s” in paragraph %(number)s."),
        "confirmed": _("%(who)s confirmed the date “%(title)s” in paragraph %(number)s."),
        "rejected": _("%(who)s rejected the date “%(title)s” in paragraph %(number)s."),
        "reopened": _("%(who)s reopened the date “%(title)s” in paragraph %(number)s for review."),
    },
    PlaceMention: {
        "added": _("%(who)s added the named place “%(title)s” in paragraph %(number)s."),
        "changed": _("%(who)s changed which place “%(title)s” means in paragraph %(number)s."),
        "removed": _("%(who)s deleted the named place “%(title)s” in paragraph %(number)s."),
        "confirmed": _("%(who)s confirmed the named place “%(title)s” in paragraph %(number)s."),
        "rejected": _("%(who)s rejected the named place “%(title)s” in paragraph %(number)s."),
        "reopened": _("%(who)s reopened the named place “%(title)s” in paragraph %(number)s for review."),
    },
    ArticleLink: {
        "added": _("%(who)s linked paragraph %(number)s to article %(article)s."),
        "changed": _("%(who)s changed the link of paragraph %(number)s to article %(article)s."),
        "removed": _("%(who)s deleted the link of paragraph %(number)s to article %(article)s."),
        "confirmed": _("%(who)s confirmed the link of paragraph %(number)s to article %(article)s."),
        "rejected": _("%(who)s rejected the link of paragraph %(number)s to article %(article)s."),
        "reopened": _("%(who)s reopened the link of paragraph %(number)s to article %(article)s for review."),
    },
    Mention: {
        "added": _("%(who)s linked “%(surface)s” to the entry “%(entry)s” in paragraph %(numbers)s."),
        "changed": _("%(who)s changed the link of “%(surface)s” to the entry “%(entry)s” in paragraph %(numbers)s."),
        "removed": _("%(who)s deleted the link of “%(surface)s” to the entry “%(entry)s” in paragraph %(numbers)s."),
        "confirmed": _(
            "%(who)s confirmed the link of “%(surface)s” to the entry “%(entry)s” in paragraph %(numbers)s."
        ),
        "rejected": _("%(who)s rejected the link of “%(surface)s” to the entry “%(entry)s” in paragraph %(numbers)s."),
        "reopened": _("%(who)s reopened the link of “%(surface)s” to “%(entry)s” in paragraph %(numbers)s for review."),
        "moved": _(
            "%(who)s moved the link of “%(surface)s” from “%(former)s” to “%(entry)s” in paragraph %(numbers)s."
        ),
    },
}
# The same for more than one place.
MANY_MENTIONS = {
    "added": _("%(who)s linked “%(surface)s” to the entry “%(entry)s” in paragraphs %(numbers)s."),
    "changed": _("%(who)s changed the links of “%(surface)s” to the entry “%(entry)s” in paragraphs %(numbers)s."),
    "removed": _("%(who)s deleted the links of “%(surface)s” to the entry “%(entry)s” in paragraphs %(numbers)s."),
    "confirmed": _("%(who)s confirmed the links of “%(surface)s” to the entry “%(entry)s” in paragraphs %(numbers)s."),
    "rejected": _("%(who)s rejected the links of “%(surface)s” to the entry “%(entry)s” in paragraphs %(numbers)s."),
    "reopened": _("%(who)s reopened the links of “%(surface)s” to “%(entry)s” in paragraphs %(numbers)s for review."),
    "moved": _("%(who)s moved the links of “%(surface)s” from “%(former)s” to “%(entry)s” in paragraphs %(numbers)s."),
}
# The same for links of more than one paragraph to an article.
MANY_ARTICLES = {
    "confirmed": _("%(who)s confirmed the links of paragraphs %(numbers)s to article %(article)s."),
    "rejected": _("%(who)s rejected the links of paragraphs %(numbers)s to article %(article)s."),
    "reopened": _("%(who)s reopened the links of paragraphs %(numbers)s to article %(article)s for review."),
}
# Records of a kind that has no sentences of its own.
OTHERS = {
    "added": _("%(who)s added a record: %(title)s."),
    "changed": _("%(who)s changed a record: %(title)s."),
    "removed": _("%(who)s deleted a record: %(title)s."),
}


MOVING = (Mention, Name, ShortForm)


def verb_of(row: FormerRow) -> str:
    """What the change did to the row: added, changed, removed; of a link also how it was reviewed, or that it moved."""
    if row.action != "changed" or row.before is None:
        return row.action
    if row.instance_type in MOVING and row.entry_id != row.before.entry_id:
        return "moved"
    if hasattr(row, "review") and row.review != row.before.review:
        return REVIEWED[row.review]
    return "changed"
