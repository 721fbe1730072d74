"""Storing what readers report as an error, and what the desk does with it."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sections.models import ErrorReport

SAME_FOR = timedelta(days=30)  # for which a repeated report is the same, while it is open


class SentBefore(Exception):
    """The form was sent before with other words; its `reference` is that of the report stored then."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def store_error_report(form: str, **fields: str) -> ErrorReport:
    """Stores a report, and returns it; where the same one is stored already, that.

    `form` is the digest of the form that was sent. SentBefore where it brought other words before.
    """
    content = _content_of(fields)
    if (stored := _stored(form, content)) is not None:
        return stored
    try:
        with transaction.atomic():
            return ErrorReport.objects.create(form=form, content=content, **fields)
    except IntegrityError:  # the form came twice at the same time
        if (stored := _stored(form, content)) is None:
            raise
        return stored


def close_or_answer(report: ErrorReport, user: AbstractBaseUser) -> None:
    """Stores what an editor did with a report; on closing, the reader's contact is deleted."""
    if report.state == ErrorReport.State.CLOSED:
        report.contact = ""
    report.handled, report.handled_by = timezone.now(), user
    report.save(update_fields=["state", "answer", "contact", "handled", "handled_by", "assigned_to", "mended_by"])


def assign(reports: list[ErrorReport], user: AbstractBaseUser | None) -> None:
    """Stores who deals with these reports; nobody where no user is given."""
    ErrorReport.objects.filter(pk__in=[report.pk for report in reports]).update(assigned_to=user)


def next_open(report: ErrorReport) -> ErrorReport | None:
    """The open report that was sent before this one, else the newest open one; None where no other is open."""
    others = ErrorReport.objects.filter(state=ErrorReport.State.OPEN).exclude(pk=report.pk).order_by("-when", "-pk")
    return others.filter(when__lte=report.when).first() or others.first()


def _stored(form, content):
    if same_form := ErrorReport.objects.filter(form=form).first():
        if same_form.content != content:
            raise SentBefore(same_form.reference)
        return same_form
    recent = ErrorReport.objects.filter(content=content, when__gt=timezone.now() - SAME_FOR)
    return recent.filter(state=ErrorReport.State.OPEN).order_by("pk").first()


def _content_of(fields):
    """A digest of place, words and contact, however they are spaced; keyed, so that it does not reveal a contact."""
    words = [" ".join(fields[name].casefold().split()) for name in ("address", "text", "contact")]
    return salted_hmac("error report", "\n".join(words), algorithm="sha256").hexdigest()
