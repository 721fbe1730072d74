"""A save that is refused: the form comes back with all that was typed, says what happened, and what to do.

A view that has a form of its own catches `Refused` and shows the form again. For all others, and where not even a form
can be made because the database does not answer, `form_again` carries what was posted in a page that needs none.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, Error, IntegrityError, models
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sections.ops.faults import fault_of

from ..fields import RecordsField
from .conflicts import AS_TYPED
from .constraints import checked, within_range, words_of
from .form_again import KeptFileInput as KeptFileInput
from .form_again import Step, form_again
from .form_again import kept_files as kept_files

logger = logging.getLogger(__name__)

RESTORE = "_restore"  # posted where the record was deleted meanwhile: it shall be restored, then saved


class Refused(Exception):
    """Why a save was refused, in `words` for the person who typed, with the `status` of the page that says so."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.words, self.status = words, status


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a fault of the database within, such as a lock or a full disk, into Refused.

    So it does with a constraint that nothing has checked before, or that was broken by a save at the same moment, and
    with a record that somebody deleted at the same moment.
    """
    try:
        yield
    except (Error, OSError, ObjectDoesNotExist) as error:
        nothing_saved = _("Nothing was saved. What you typed is still here.")
        if isinstance(error, IntegrityError | DataError | ObjectDoesNotExist):
            logger.warning("A constraint or a missing record refused a save: %s", error)
            raise Refused(f"{nothing_saved} {words_of(error)}", 409) from error
        if (fault := fault_of(error)) is None:
            raise
        logger.error("A save was refused: %s (%s)", fault.for_operators, error)
        words = str(fault.for_editors) if fault.may_be_saved else f"{nothing_saved} {fault.for_editors}"
        raise Refused(words, 503) from error


def with_refusal(form: type[forms.Form], words: str) -> type[forms.Form]:
    """The class of a form that never is valid: it shows what was typed, and the words above it."""

    def clean(self: forms.Form) -> dict[str, Any] | None:
        cleaned = super(refusing, self).clean()
        self.add_error(None, words)
        return cleaned

    refusing = type(form)(form.__name__, (form,), {"clean": clean, "__module__": form.__module__})
    return refusing


class CheckedFields:
    """Mixin of a ModelAdmin or an inline: numbers beyond the range of their column are refused."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        return within_range(super().formfield_for_dbfield(db_field, request, **kwargs), db_field)

    def formfield_for_manytomany(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        return super().formfield_for_manytomany(db_field, request, **{"form_class": RecordsField} | kwargs)


class CheckedRows(CheckedFields):
    """Mixin of an inline: its rows check every constraint of their model."""

    def get_formset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.BaseInlineFormSet]:
        """The rows."""
        formset = super().get_formset(request, *args, **kwargs)
        formset.form = checked(formset.form)
        return formset


class RefusableForms(CheckedFields):
    """Mixin of a ModelAdmin: a save that is refused returns the form with all that was typed."""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        """The form of this request, with the refusal of an attempt to save it."""
        form = checked(super().get_form(request, *args, **kwargs))
        words = getattr(request, "refusal", "")
        return with_refusal(form, words) if words else form

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_form_again(super().add_view, request, None, *args, **kwargs)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_form_again(super().change_view, request, object_id, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any) -> HttpResponse:
        """The form; saves what is posted, unless the post asks for no more than to see it in the form."""
        if request.method == "POST" and AS_TYPED in request.POST:
            return self.form_again(request, object_id, _("Nothing is saved yet. Here is the form as you left it."))
        return super().changeform_view(request, object_id, *args)

    def form_again(self, request: HttpRequest, object_id: str | None, refusal: str, status: int = 200) -> HttpResponse:
        """The form with all that was typed and the reason why it is not saved; waits for no lock."""
        request.refusal = refusal
        response = self._changeform_view(request, object_id, "", None)
        if response.status_code == 200:
            response.status_code = status
        return response

    def can_restore(self, request: HttpRequest, object_id: str) -> bool:
        """Whether the user may restore a deleted record with that key."""
        return False

    def _or_form_again(self, view, request, object_id, *args, **kwargs):
        """What the view answers; where the database cannot save now what was posted, the form again."""
        keys = () if object_id is None else (object_id,)
        if request.method != "POST":
            return view(request, *keys, *args, **kwargs)
        try:
            with refusals():
                return view(request, *keys, *args, **kwargs)
        except Refused as refused:
            return self.form_again(request, object_id, refused.words, refused.status)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Options, object_id: str) -> HttpResponse:
        """What Django answers where the record of a form was deleted: here the page that can restore and save it."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        words = getattr(request, "refusal", "") or _("Somebody deleted this record while you had it open.")
        listed = Step(_("Back to the list"), address=reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))
        if self.can_restore(request, object_id):
            restore = Step(_("Restore the record and save"), RESTORE, "1")
            return form_again(request, words, 409, steps=[restore, listed], can_be_sent=False)
        lost = _("It cannot be restored. Copy what you need.")
        return form_again(request, f"{words} {lost}", 409, steps=[listed], can_be_sent=False)
