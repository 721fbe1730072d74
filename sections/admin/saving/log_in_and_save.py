"""Logging in with the form that is saved: name and password, and the code of the second step, in one post."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_otp import login as mark_verified
from django_otp.middleware import OTPMiddleware
from django_otp.plugins.otp_totp.models import TOTPDevice

from ..accounts.login import CodeForm
from .form_again import LOG_IN

NAME, CODE = f"{LOG_IN}-username", f"{LOG_IN}-code"


def asks_to_log_in(request: HttpRequest) -> bool:
    """Whether what is posted names somebody who logs in with it, or gives a code."""
    return bool(request.POST.get(NAME) or request.POST.get(CODE))


def log_in_with_form(request: HttpRequest) -> str:
    """Logs in whom the post names, and takes what logs in out of the post; gives the words of a refusal, else "".

    The caller has checked the token of the form: otherwise another site could log somebody in here.
    """
    posted = request.POST.copy()
    words = _log_in(request, posted)
    for name in [name for name in posted if name.startswith(LOG_IN)]:
        del posted[name]
    if not words:
        request.POST = posted
    return words


def lacks_app(request: HttpRequest) -> bool:
    """Whether the user has yet to set up the app that shows the codes."""
    return not TOTPDevice.objects.filter(user=request.user.pk, confirmed=True).exists()


def _log_in(request, posted):
    if posted.get(NAME):
        form = AdminAuthenticationForm(request, posted, prefix=LOG_IN)
        if not form.is_valid():
            return " ".join(error for errors in form.errors.values() for error in errors)
        login(request, form.get_user())
        OTPMiddleware(lambda request: None)(request)  # which looks whether this user has given a code
        # The view checks the token again, which is that of the new session from now on.
        request.COOKIES[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
    if not admin.site.needs_second_step(request):
        return ""
    if lacks_app(request):
        return _("This site asks for a second step, and you have not set up an app for it yet.")
    device = TOTPDevice.objects.filter(user=request.user.pk, confirmed=True).order_by("pk").first()
    code = CodeForm(device, {"code": posted.get(CODE, "")})
    if not code.is_valid():
        return " ".join(code.errors["code"])
    mark_verified(request, device)
    return ""
