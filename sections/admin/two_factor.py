"""The second step of the log-in: a code from an app, whose key is shown once, at the first log-in that asks for it."""

from base64 import b32encode
from typing import Any

import segno
from django import forms
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp import login as mark_verified
from django_otp.plugins.otp_totp.models import TOTPDevice


class CodeForm(forms.Form):
    """The code that an app shows for a device."""

    code = forms.CharField(
        label="Code",
        max_length=10,
        help_text="The six digits that your app shows now.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "size": 10}
        ),
    )

    def __init__(self, device: TOTPDevice, data: Any = None) -> None:
        self.device = device
        super().__init__(data)

    def clean_code(self) -> str:
        """The code without spaces; refuses one that is wrong, and any after too many wrong ones."""
        code = "".join(self.cleaned_data["code"].split())
        allowed, _ = self.device.verify_is_allowed()
        if not allowed:
            raise forms.ValidationError("Too many wrong codes. Wait a minute, then enter the code that your app shows.")
        if not self.device.verify_token(code):
            raise forms.ValidationError("That code is not valid. Wait for the next one to appear in your app.")
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
    device = TOTPDevice.objects.devices_for_user(user, confirmed=True).first()
    is_new = device is None
    if is_new:
        device = TOTPDevice.objects.devices_for_user(user, confirmed=False).first()
        if device is None:
            device = TOTPDevice(user=user, confirmed=False, name="app")
            device.save()
    form = CodeForm(device, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if is_new:
            device.confirmed = True
            device.save()
        mark_verified(request, device)
        return redirect(_next(request))
    context = admin.site.each_context(request) | {"title": "Second step", "form": form, "next": _next(request)}
    if is_new:
        context |= {"key": _key(device), "picture": segno.make(device.config_url).svg_data_uri(scale=5, light="white")}
    return render(request, "admin/second_step.html", context)


def _key(device):
    """The key in groups of four letters, for typing."""
    letters = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _next(request):
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_safe else reverse("admin:index")
