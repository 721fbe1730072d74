"""The tables: a report as received, the Convention, the entries, and the links between them."""

from .content_version import ContentVersion, content_changed, current_version
from .convention import Convention, ConventionArticle, ConventionPart, ConventionText
from .coverage import ARTICLE_STATES, UNLINKED, Coverage, Silence
from .decisions import changed_by_hand, deleted_by_hand
from .documents import RelatedDocument
from .entries import Entry, FormerAddress, Institution, Law, Name, Programme, Relation, ShortForm
from .error_reports import ErrorReport
from .figures import Addend, CheckedSum, DatedEvent, Figure, Place, PlaceMention
from .history import (
    Change,
    catch_up,
    changing,
    create_rows,
    delete_rows,
    tracked_models,
    update_rows,
)
from .links import ArticleLink, Mention, decisions_from_files
from .loads import ContentLoad, record_loads, recording_loads
from .notes import BackReference, Note, Subjects
from .preferences import Preferences
from .read_only import ReadOnlySwitch
from .recording import recording_all, recording_report
from .replies import ReplySubject
from .report import Abbreviation, Report, Section
from .review import Basis, Confidence, GeneratedReason, Review, shown_links
from .samples import Sample, SampleItem
from .search import SearchDocument, SearchPosting, SearchSegment, SearchTerm, SearchWord, Synonym
from .suggestions import Dismissal
from .text import Block, Footnote, Paragraph, Reference, Table
from .uploads import Rights, Upload
from .version_cache import cached_per_version, content_version_of, kept_report, version_key
from .watches import Watch
