"""What one person did last, of any kind, and which of it comes next to be undone or done again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Max, Min, Model, QuerySet

from sections.models import Change, tracked_models
from sections.models.history import FormerRow


@dataclass(frozen=True, slots=True)
class TouchedRows:
    """How many rows of one model a change wrote, and the first of them."""

    model: type[Model]
    count: int
    first: FormerRow


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A change with what it wrote; of an undo, `undoes` is the change that it undid."""

    change: Change
    rows: tuple[TouchedRows, ...]

    @property
    def count(self) -> int:
        """The number of records that it touched."""
        return sum(each.count for each in self.rows)


def changes_by(user: AbstractBaseUser) -> QuerySet[Change]:
    """All that the person did at the desk, of any kind, the latest first."""
    rows = Change.objects.filter(user=user.pk).exclude(kind__in=Change.BY_SOFTWARE)
    return rows.select_related("user", "undoes__user", "undoes__undoes").order_by("-pk")


def recent_changes_of(user: AbstractBaseUser, limit: int = 10) -> list[RecentChange]:
    """The last things that the person did at the desk, of any kind, the latest first."""
    return with_rows(changes_by(user)[:limit])


def next_to_undo(user: AbstractBaseUser) -> Change | None:
    """The person's last action that is in effect; each undo leads to the one before it."""
    return changes_by(user).filter(undoes=None, is_undone=False).first()


def next_to_redo(user: AbstractBaseUser) -> Change | None:
    """The undo that would itself be undone next: the person's last one, until they do something else."""
    last_action = changes_by(user).filter(undoes=None).aggregate(last=Max("pk"))["last"] or 0
    undos = changes_by(user).filter(undoes__isnull=False, undoes__undoes=None, undoes__is_undone=True, is_undone=False)
    return undos.filter(pk__gt=last_action).first()


def with_rows(changes: Iterable[Change]) -> list[RecentChange]:
    """The changes with what each wrote; two queries for each model with a history."""
    changes = list(changes)
    rows = defaultdict(list)
    for model in tracked_models():
        counts = _counts(model, changes)
        first = model.history.in_bulk([count["first"] for count in counts])
        for count in counts:
            rows[count["change"]].append(TouchedRows(model, count["count"], first[count["first"]]))
    return [RecentChange(change, tuple(rows[change.pk])) for change in changes]


def _counts(model, changes) -> list[dict[str, Any]]:
    of_changes = model.history.filter(change__in=[change.pk for change in changes]).order_by().values("change")
    return list(of_changes.annotate(count=Count("id", distinct=True), first=Min("history_id")))
