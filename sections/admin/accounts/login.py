"""Logging in: the second step, a code from an app, and the page of a user name that is locked after failures."""

from base64 import b32encode
from math import ceil
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp import login as mark_verified
from django_otp.plugins.otp_totp.models import TOTPDevice

from ..pages import desk_page

FREE_FAILURES = 4  # wrong codes before somebody has to wait


class CodeForm(forms.Form):
    """The code that an app shows for a device."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=10,
        help_text=gettext_lazy("The six digits that your app shows now."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "size": 10}
        ),
    )

    def __init__(self, device: TOTPDevice, data: Any = None) -> None:
        self.device = device
        super().__init__(data)

    def clean_code(self) -> str:
        """The code without spaces; refuses one that is wrong, and for a while any after several wrong ones."""
        code = "".join(self.cleaned_data["code"].split())
        if self.device.throttling_failure_count < FREE_FAILURES:  # people mistype, or take the code of before
            self.device.throttling_failure_timestamp = None
        allowed, why = self.device.verify_is_allowed()
        if not allowed:
            seconds = max(ceil((why["locked_until"] - timezone.now()).total_seconds()), 1)
            words = ngettext(
                "Too many wrong codes. Wait %(count)s second, then enter the code that your app shows.",
                "Too many wrong codes. Wait %(count)s seconds, then enter the code that your app shows.",
                seconds,
            )
            raise forms.ValidationError(words % {"count": seconds})
        if not self.device.verify_token(code):
            raise forms.ValidationError(gettext("That code is not valid. Wait for the next one to appear in your app."))
        return code


@never_cache
@csrf_protect
def second_step(request: HttpRequest) -> HttpResponse:
    """Asks for the code, and shows the key to a user without an app; a valid code leads on to `next`."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if user.is_verified():
        return redirect(_next(request))
    device = TOTPDevice.objects.devices_for_user(user).order_by("-confirmed", "pk").first()
    if device is None:
        device = TOTPDevice(user=user, confirmed=False, name="app")
        device.save()
    form = CodeForm(device, request.POST if request.method == "POST" else None)
    if form.is_valid():
        device.confirmed = True
        device.save()
        mark_verified(request, device)
        return redirect(_next(request))
    context = {"title": gettext("Second step"), "form": form, "next": _next(request)}
    if not device.confirmed:
        # The key is shown in groups of four letters, for typing.
        letters = b32encode(device.bin_key).decode().rstrip("=")
        context["key"] = " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
        context["picture"] = segno.make(device.config_url).svg_data_uri(scale=5, light="white")
    return desk_page(request, "admin/second_step.html", **context)


def locked(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answers 429 with the log-in form, the name as it was typed, and how long to wait.

    The words are the same whether or not an account has that name.
    """
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = desk_page(
        request,
        "admin/locked.html",
        status=429,
        title=gettext("Log in"),
        form=AdminAuthenticationForm(request, initial={"username": request.POST.get("username", "")}),
        next=request.POST.get("next", reverse("admin:index")),
        app_path=request.get_full_path(),
        failures=settings.AXES_FAILURE_LIMIT,
        minutes=minutes,
    )
    response.headers["Retry-After"] = str(60 * minutes)
    return response


def _next(request):
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_safe else reverse("admin:index")
