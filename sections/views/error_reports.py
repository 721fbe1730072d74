"""The form by which readers report an error: without scripts, account or cookie.

Since there is no cookie, no token can be compared with one. Instead the form carries a seal (`form_seal`), the browser
must not say that another site sent it, a field that people do not see must stay empty, and the limits count each
sending (`reportsite.rate_limits`). Whatever is refused comes back with all that was typed.
"""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sections.editing.error_reports import SentBefore, store_error_report
from sections.models.error_reports import LONGEST_CONTACT, LONGEST_TEXT
from sections.ops.read_only import read_only
from sections.presenters.responsibility import site_contact

from .error_places import ErrorPlace, place_at
from .form_seal import SealState, digest, new_seal, state_of
from .limits import open_form

SENT = Signer(salt="error report sent")
OWN = {"same-origin", "none"}
REFUSED_SEALS = {
    SealState.MISSING: gettext_lazy("The form was not complete. Please send it again."),
    SealState.TOO_EARLY: gettext_lazy("The form was sent very quickly. Please wait three seconds, then send it again."),
    SealState.EXPIRED: gettext_lazy("The form was open for more than a day. Please send it again."),
}


class ErrorReportForm(forms.Form):
    """What a reader types, and what the form carries with it."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy("If you know the right text or a source, please give it. At most 5,000 characters."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we reach you? (optional)"),
        help_text=gettext_lazy(
            "For example an e-mail address. Only the editors see it, they use it only to answer you, and it is deleted "
            "when they close the report."
        ),
        max_length=LONGEST_CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    seal = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "contact"):  # the words in the messages count the rest; browsers would cut what is pasted
            self.fields[name].widget.attrs.pop("maxlength", None)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@open_form
def report_an_error(request: HttpRequest) -> HttpResponse:
    """The form, filled in with the place that `?about=` names; a post stores the report."""
    if request.method == "POST":
        return _receive(request)
    about = request.GET.get("about", "")
    place = place_at(request, about)
    notice = _closed() if read_only() else ""
    initial = {"about": place.address if place else "", "seal": new_seal()}
    return _page(request, ErrorReportForm(initial=initial), place, notice=notice, unknown=bool(about and not place))


@require_safe
def sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """Thanks, and the reference of the report; nothing of what it says."""
    try:
        reference, address = SENT.unsign_object(receipt)
    except BadSignature as error:
        raise Http404(gettext("This address names no report that was sent.")) from error
    context = {"reference": reference, "back": address, "contact": site_contact()}
    return _never_stored(render(request, "error_reports/sent.html", context))


def form_without_database(request: HttpRequest, words: str | Promise) -> HttpResponse:
    """The form with all that was typed, and why nothing can be sent now; asks no database."""
    if request.method != "POST":
        return _again(request, request.GET.dict(), None, str(words), 503)
    problem = words + " " + gettext("Your report was not sent.")
    return _again(request, request.POST, None, problem, 503)


def _receive(request):
    posted = request.POST
    place = place_at(request, posted.get("about", ""))
    if refused := _refusal(request, posted):
        words, status = refused
        response = _again(request, posted, place, words, status)
        if wait := getattr(request, "wait_seconds", 0):
            response["Retry-After"] = str(wait)
        return response
    form = ErrorReportForm(posted)
    if not form.is_valid():
        return _again(request, posted, place, "", 400)
    if read_only():
        return _again(request, posted, place, _closed(), 503)
    fields = {"address": "", "kind": "", "place": ""}
    if place:
        fields = {"address": place.address, "kind": place.kind, "place": place.words}
    fields |= {name: form.cleaned_data[name] for name in ("text", "contact")}
    try:
        report = store_error_report(digest(posted["seal"]), language=get_language(), **fields)
    except SentBefore as before:
        words = gettext(
            "This form was sent before with other words, as report %(reference)s. Send it again for a second one."
        )
        return _again(request, posted, place, words % {"reference": before.reference}, 409)
    receipt = SENT.sign_object([report.reference, report.address])
    return _never_stored(redirect(reverse("error-report-sent", kwargs={"receipt": receipt})))


def _refusal(request, posted):
    """Why the post is not even read, in words, with the status; None for one that may have been sent by a person."""
    if _comes_from_elsewhere(request):
        return gettext("The form was sent from another site. Please check it, and send it from here."), 403
    if getattr(request, "wait_seconds", 0):
        return gettext("Too many reports are being sent at the moment. Please send yours again in a few minutes."), 429
    if posted.get("website"):
        words = gettext(
            "A field that must stay empty was filled in, perhaps by your browser. Please send the form again."
        )
        return words, 400
    state = state_of(posted.get("seal", ""))
    return None if state is SealState.GOOD else (str(REFUSED_SEALS[state]), 400)


def _comes_from_elsewhere(request):
    """Whether the browser says that a page of another site sent the form; old browsers tell less."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in OWN
    own = {request.get_host(), urlsplit(settings.SITE_URL).netloc} - {""}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc not in own


def _closed():
    return gettext("Reports cannot be received at the moment, because the site is read-only.")


def _again(request, posted, place, refusal, status):
    """The form as it was sent, with a seal with which it can be sent at once; one that came too early keeps its own."""
    seal = posted.get("seal", "")
    state = state_of(seal)
    keeps_seal = state is SealState.TOO_EARLY or (state is SealState.GOOD and status == 503)
    fields = {name: posted.get(name, "") for name in ("text", "contact", "about")}
    fields["seal"] = seal if keeps_seal else new_seal(ready=True)
    form = ErrorReportForm(initial=fields) if refusal else ErrorReportForm(fields)
    return _page(request, form, place, refusal=refusal, status=status)


def _page(request: HttpRequest, form: ErrorReportForm, place: ErrorPlace | None, status: int = 200, **more):
    context = {"form": form, "place": place, "contact": site_contact(), **more}
    return _never_stored(render(request, "error_reports/form.html", context, status=status))


def _never_stored(response):
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
