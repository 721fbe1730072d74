"""What every answer carries that Django has no setting for."""

from django.conf import settings
from django.http import HttpResponse

POLICY = ", ".join(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb"))


class PermissionsPolicyMiddleware:
    """Adds the header by which a page gives up the devices of its reader."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response


class BodyLimitMiddleware:
    """Refuses, before anything of it is read, what is larger than any form or file that the site takes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MOST_BYTES:
            most = settings.MOST_BYTES >> 20
            words = f"This is more than the {most} MB that the site takes in one go. Send it in smaller parts.\n"
            return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
