"""The way every form of the desk saves: one change with its reason, never over what somebody else saved meanwhile,
never with an effect on links that the editor has not seen."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from sections.editing.merge3 import differences, merged, undecided
from sections.models import Change, changing

from . import form_state
from .conflicts import conflict_rows, hidden_fields

SALT = "sections.admin.opened"
OPENED, CHOOSING = "_opened", "_choosing"


class NotSaved(Exception):
    """Takes a save back: `page(request)` is shown instead, or else the form again with the words."""

    def __init__(self, words="", page=None):
        super().__init__(words)
        self.words, self.page = words, page


def without_buttons(field):
    """The field of a related record without the buttons beside it that open and change that record."""
    if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
        for button in ("add", "change", "delete", "view"):
            setattr(field.widget, f"can_{button}_related", False)
    return field


class CarefulForm(forms.ModelForm):
    """A form with a reason; it refuses what the attempt to save it has shown to be wrong."""

    why = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="One sentence on what speaks for the change. Readers see it on the page of changes.",
    )
    faults: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()
        for fault in self.faults:
            self.add_error(None, fault)
        return cleaned


class CarefulAdmin(admin.ModelAdmin):
    """A page of the desk that keeps history, tells two editors apart and shows effects before they are written."""

    form = CarefulForm
    change_list_template = "admin/sections/careful_list.html"
    change_form_template = "admin/sections/careful_form.html"
    delete_confirmation_template = "admin/sections/careful_delete.html"
    save_on_top = False
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_actions(self, request):
        """The actions without Django's own bulk deletion: what is deleted is looked at first, one by one."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The field, without buttons that would open another record in a window of its own."""
        return without_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form's class for this request, which knows what an attempt to save it has shown."""
        made = super().get_form(request, obj, change=change, **kwargs)
        return type(made.__name__, (made,), {"faults": tuple(getattr(request, "faults", ()))})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Shows the form, or tries to save it: within one change, which is taken back when it must not stand."""
        if request.method != "POST":
            extra = {"opened": self._sealed(self._state_now(request, object_id))}
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **extra})
        if "_back" in request.POST:
            return self._again(request, object_id, form_url, "Nothing is saved yet. Here is the form as you left it.")
        try:
            with changing(self.kind_of_change(), request.POST.get("why", "").strip(), request.user):
                self._refuse_to_overwrite(request, object_id)
                extra = {**(extra_context or {}), "opened": request.POST.get(OPENED, "")}
                return super().changeform_view(request, object_id, form_url, extra)
        except NotSaved as refusal:
            if refusal.page is not None:
                return refusal.page
            return self._again(request, object_id, form_url, refusal.words)

    def kind_of_change(self):
        """The kind under which a save stands in the record of changes."""
        return Change.Kind.EDIT

    def _again(self, request, object_id, form_url, words):
        """The form with all that was typed, and the words on top."""
        request.faults = [words]
        return super().changeform_view(request, object_id, form_url, {"opened": request.POST.get(OPENED, "")})

    def delete_view(self, request, object_id, extra_context=None):
        """Asks before it deletes; what is deleted can be restored from its history."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with changing(Change.Kind.EDIT, request.POST.get("why", "").strip(), request.user):
            return super().delete_view(request, object_id, extra_context)

    def _forms(self, request, obj):
        """The form and its rows, unbound or bound as the request is."""
        fieldsets = self.get_fieldsets(request, obj)
        made = self.get_form(request, obj, change=True, fields=flatten_fieldsets(fieldsets))
        form = made(request.POST, request.FILES, instance=obj) if request.method == "POST" else made(instance=obj)
        formsets, _ = self._create_formsets(request, obj, change=True)
        return form, formsets

    def _state_now(self, request, object_id):
        """What the form shows of the record as it is stored, or None for a new one."""
        obj = object_id and self.get_object(request, unquote(object_id))
        if not obj:
            return None
        asked = request.method
        request.method = "GET"
        try:
            form, formsets = self._forms(request, obj)
        finally:
            request.method = asked
        return form_state.shown(form, formsets)

    def _refuse_to_overwrite(self, request, object_id):
        """Raises NotSaved with a page of choices when the record is not as it was when the form was opened."""
        obj = object_id and self.get_object(request, unquote(object_id))
        if not obj:
            return
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        now, opened = self._state_now(request, object_id), self._unsealed(request)
        if opened == now:
            return
        form, formsets = self._forms(request, obj)
        typed = form_state.typed(form, formsets, request.POST)
        found = differences(opened, now, typed)
        if CHOOSING in request.POST or not found:
            left = undecided(found, request.POST)
            if not left:
                post = form_state.as_posted(merged(now, typed, found, request.POST), request.POST, formsets)
                post[OPENED] = self._sealed(now)
                request.POST = post
                return
        raise NotSaved(page=self._choices_page(request, obj, form, formsets, found, now))

    def _choices_page(self, request, obj, form, formsets, found, now):
        context = {
            **self.admin_site.each_context(request),
            "title": "Somebody else has saved this meanwhile",
            "opts": self.opts,
            "original": obj,
            "rows": conflict_rows(found, form, formsets, request.POST),
            "last": obj.history.select_related("change__user").order_by("-history_id").first(),
            "hidden": hidden_fields(request.POST, without=("choice:", "csrf", OPENED, CHOOSING)),
            "opened": request.POST.get(OPENED, ""),
            "chosen_too_few": CHOOSING in request.POST,
        }
        return TemplateResponse(request, "admin/sections/choices.html", context, status=409)

    def _sealed(self, state):
        return signing.dumps(state, salt=SALT, compress=True)

    def _unsealed(self, request):
        """The state in which the form was opened; without it, as if nothing had been there."""
        try:
            return signing.loads(request.POST.get(OPENED, ""), salt=SALT) or {}
        except signing.BadSignature:
            return {}

    def say(self, request, words, level=messages.SUCCESS):
        """Shows words on the next page."""
        self.message_user(request, words, level)
