"""What everybody did: the page of activity, with filters, and a page for each action with all that it touched."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from sections.models import Change, Entry, Paragraph, kept_report
from sections.presenters.change_items import ChangeInWords
from sections.presenters.changes import items_in_words
from sections.queries import changes as queries
from sections.queries.own_changes import with_rows
from sections.text.whole_numbers import whole_number

from ..pages import desk_page
from .undo import may_undo

PER_PAGE = 40
MOST_LINES = 12  # of one item in a list
MOST_LINES_ALONE = 1000
MOST_KEY = 10**15
PERMISSION = "sections.view_change"
SOFTWARE = "-"  # in place of a name


class ActivityFilter(forms.Form):
    """Whose actions, of which kind, on which days and on which record; a value that makes no sense is left out."""

    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    record = forms.CharField(
        label=gettext_lazy("Record"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("The name of an entry, or the number of a paragraph."),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        people = Change.objects.exclude(user_name="").order_by("user_name").values_list("user_name", flat=True)
        self.fields["person"].choices = [
            ("", gettext("everybody")),
            *((name, name) for name in people.distinct()),
            (SOFTWARE, gettext("the software")),
        ]
        self.fields["kind"].choices = [("", gettext("any kind")), *Change.Kind.choices]
        self.is_valid()

    def clean_record(self) -> Entry | Paragraph | None:
        """The paragraph of that number in the default report, or the entry of that name."""
        words = self.cleaned_data["record"]
        if not words:
            return None
        if (number := whole_number(words)) is not None:
            found = Paragraph.objects.filter(report=kept_report(), number=number).first()
        else:
            named = Q(name__iexact=words) | Q(names__text__iexact=words)
            found = Entry.objects.filter(named).order_by("type", "pk").first()
        if found is None:
            raise ValidationError(gettext("No entry has this name, and no paragraph this number."))
        return found

    def chosen(self) -> QuerySet[Change]:
        """The changes that all filters let through."""
        given, rows = self.cleaned_data, queries.changes()
        if person := given.get("person"):
            rows = rows.filter(user_name="" if person == SOFTWARE else person)
        if kind := given.get("kind"):
            rows = rows.filter(kind=kind)
        if first := given.get("first"):
            rows = rows.filter(when__gte=begin_of(first))
        if last := given.get("last"):
            rows = rows.filter(when__lt=begin_of(last) + timedelta(days=1))
        if record := given.get("record"):
            rows = rows.filter(queries.touching(record))
        return rows

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use."""
        return any(self.cleaned_data.values())


def begin_of(day: Any) -> datetime:
    """The first moment of a day in the editor's time zone."""
    return timezone.make_aware(datetime(max(day.year, 2000), day.month, day.day))


@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """What everybody did, the newest first, with names."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    asked = ActivityFilter(request.GET)
    before = whole_number(request.GET.get("before", ""), MOST_KEY)
    firsts = queries.first_of_items(asked.chosen(), not asked.narrows)
    firsts = list((firsts if before is None else firsts.filter(pk__lt=before))[: PER_PAGE + 1])
    page = firsts[:PER_PAGE]
    return desk_page(
        request,
        "admin/sections/activity.html",
        title=gettext("What everybody did"),
        form=asked,
        entries=items_in_words(queries.items(asked.chosen(), page), named=True),
        older=page[-1].pk if len(firsts) > PER_PAGE else None,
        is_first=before is None,
        most=MOST_LINES,
        most_slice=f":{MOST_LINES}",
    )


@require_safe
def action(request: HttpRequest, number: int) -> HttpResponse:
    """One action, or a reviewer's session: who, when, why, and all that it did; everybody may look at their own."""
    found = queries.changes().filter(pk=number).first() if number <= MOST_KEY else None
    is_own = found is not None and found.user_id == request.user.pk
    if not is_own and not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if found is None:
        raise Http404(gettext("There is no such record."))
    (entry,) = items_in_words(queries.items(queries.changes(), [found]) or [[found]], named=True)
    return desk_page(
        request,
        "admin/sections/change.html",
        title=gettext("Action %(number)s") % {"number": number},
        entry=entry,
        session=found.session,
        may_undo=_may_undo(request.user, found) and not entry.is_session,
        histories=list(histories(request, entry)),
        most=MOST_LINES_ALONE,
        most_slice=f":{MOST_LINES_ALONE}",
    )


def _may_undo(user, change):
    if change.is_undone or not change.is_by_hand:
        return False
    (recent,) = with_rows([change])
    return bool(recent.rows) and may_undo(user, recent)


def histories(request: HttpRequest, entry: ChangeInWords) -> Iterator[tuple[str, str, str]]:
    """Of each record that an action touched its name, its public address, and its history where one may see it."""
    for thing in entry.things:
        address = ""
        if thing.model and request.user.has_perm(f"sections.view_{thing.model}"):
            try:
                address = reverse(f"admin:sections_{thing.model}_history", args=[thing.key])
            except NoReverseMatch:
                address = ""
        yield thing.words, thing.address, address


admin.site.pages.extend(
    [
        path("activity/", admin.site.admin_view(activity), name="activity"),
        path("activity/<int:number>/", admin.site.admin_view(action), name="action"),
    ]
)
