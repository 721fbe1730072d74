"""The page on which a person chooses the language of the desk and the time zone in which it shows times."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy

from sections.models import Preferences
from sections.models.preferences import UTC, zone_names

from ..pages import desk_page
from ..saving.refusals import Refused, refusals


class PreferencesForm(forms.ModelForm):
    """The language and the time zone; the zones by region."""

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The desk shows times, and reads the times that you type, in this time zone."),
    )

    class Meta:
        model = Preferences
        fields = ["language", "time_zone"]
        labels = {"language": gettext_lazy("Language of the desk")}
        help_texts = {"language": gettext_lazy("The public pages of the site keep the language of their address.")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = Preferences._meta.get_field("language").choices
        self.fields["language"].required = True
        self.fields["time_zone"].choices = _by_region()
        if not self.instance.pk:
            self.initial = {"language": translation.get_language(), "time_zone": UTC}


def _by_region():
    """The choices of time zones: UTC, then a group for each region; a zone by its place."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in zone_names()[1:]:
        region, _, place = name.partition("/")
        regions.setdefault(region, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [(UTC, UTC), *regions.items()]


@admin.site.admin_view
def preferences(request: HttpRequest) -> HttpResponse:
    """Shows and stores what the person who asks has chosen; nobody sees or changes the choice of another."""
    own = Preferences.objects.filter(user=request.user).first() or Preferences(user=request.user)
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=own)
    status = 200
    if form.is_valid():
        try:
            with refusals():
                form.save()
        except Refused as refused:
            form.add_error(None, refused.words)
            status = refused.status
        else:
            with translation.override(own.language):
                messages.success(request, gettext("Your preferences are saved."))
            return redirect("preferences")
    zone = timezone.get_current_timezone_name()
    title = gettext("Preferences")
    return desk_page(request, "admin/sections/preferences.html", status, title=title, form=form, zone=zone)
