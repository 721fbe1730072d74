"""Why a request to the API was refused, as problem details (RFC 9457): `application/problem+json`.

    {"type": "about:blank", "title": "Bad Request", "status": 400,
     "detail": "limit: Give a whole number of 1 or more.", "errors": {"limit": ["Give a whole number of 1 or more."]}}

`errors`, with the messages by parameter, is there only where single parameters are wrong.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from drf_spectacular.utils import OpenApiResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
NO_TYPE = "about:blank"  # of RFC 9457: the problem has no more meaning than its status
MEMBERS = ("type", "title", "status", "detail")
SCHEMA = {
    "type": "object",
    "required": list(MEMBERS),
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}


def problem(
    status: int,
    detail: str,
    title: str = "",
    type: str = NO_TYPE,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> JsonResponse:
    """The response that refuses a request. Without a title it is the phrase of the status; `members` are added."""
    title = title or HTTPStatus(status).phrase
    body = {"type": type, "title": title, "status": int(status), "detail": detail, **members}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)


def problem_schema(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """What the description of the API says of these statuses."""
    return {(status, MEDIA_TYPE): OpenApiResponse(SCHEMA, HTTPStatus(status).phrase) for status in statuses}


def problem_handler(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """REST_FRAMEWORK's EXCEPTION_HANDLER: the framework's own answer to an exception, as problem details."""
    answer = exception_handler(error, context)
    return answer if answer is None else _as_problem(answer, error)


def _as_problem(answer: Response, error: Exception) -> JsonResponse:
    headers = {name: value for name, value in answer.items() if name != "Content-Type"}
    if not isinstance(error, exceptions.ValidationError):
        return problem(answer.status_code, str(answer.data["detail"]), headers=headers)
    errors = answer.data if isinstance(answer.data, Mapping) else {"": answer.data}
    errors = {name: [str(message) for message in messages] for name, messages in errors.items()}
    detail = " ".join(
        f"{name}: {' '.join(messages)}" if name else " ".join(messages) for name, messages in errors.items()
    )
    return problem(answer.status_code, detail, headers=headers, errors=errors)
