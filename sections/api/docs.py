"""The documentation of the API as a page, made from the same OpenAPI schema that programs read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from .parameters import ALWAYS

OF_SCHEMA = "#/components/schemas/"
PAGED = "Paginated"  # begins the names that the schema gives to pages of a list


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a member of an answer: its name, its type in words, the schema that describes it, or ""."""

    name: str
    type: str
    of: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """An address of the API: its anchor, what it gives, its parameters, and the schema of its answer."""

    path: str
    anchor: str
    words: str
    parameters: tuple[Field, ...]
    answer: Field

    @property
    def is_whole(self) -> bool:
        """Whether the address can be opened as it stands."""
        return "{" not in self.path


@dataclass(frozen=True, slots=True)
class Shape:
    """The members of an object in an answer."""

    name: str
    words: str
    fields: tuple[Field, ...]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every resource with its parameters and the shape of its answer."""
    resources, shapes = described()
    return render(request, "api/docs.html", {"resources": resources, "shapes": shapes, "here": "API documentation"})


@cache
def described() -> tuple[list[Resource], list[Shape]]:
    """The resources and the shapes of their answers, as the schema describes them; made once for each process."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    resources = [_resource(path, methods["get"]) for path, methods in schema["paths"].items()]
    shapes = {name: _shape(name, described) for name, described in schema["components"]["schemas"].items()}
    named = {field.of for resource in resources for field in (resource.answer,)}
    waiting, used = list(named), set()
    while waiting:
        name = waiting.pop()
        if name in shapes and name not in used:
            used.add(name)
            waiting += [field.of for field in shapes[name].fields]
    return resources, [shape for name, shape in shapes.items() if name in used and shape.fields]


def _resource(path: str, operation: dict[str, Any]) -> Resource:
    content = operation["responses"]["200"]["content"]["application/json"]["schema"]
    parameters = [
        _field(each["name"], each["schema"], each.get("description", "")) for each in operation.get("parameters", ())
    ]
    anchor = path.strip("/").replace("/", "-").replace("{", "").replace("}", "")
    kept = tuple(each for each in parameters if each.name not in ALWAYS)
    return Resource(path, anchor, operation.get("description", ""), kept, _field("", content))


def _shape(name: str, described: dict[str, Any]) -> Shape:
    fields = tuple(_field(key, value) for key, value in described.get("properties", {}).items())
    return Shape(name, described.get("description", ""), fields)


def _field(name: str, described: dict[str, Any], words: str = "") -> Field:
    words = words or described.get("description", "")
    merged = described.get("allOf") or described.get("oneOf") or [described]
    reference = next((part["$ref"] for part in merged if "$ref" in part), "")
    if reference:
        of = reference.removeprefix(OF_SCHEMA)
        if of.startswith(PAGED):
            return Field(name, "page of", of.removeprefix(PAGED).removesuffix("List"), words)
        return Field(name, "", of, words)
    if described.get("type") == "array":
        item = _field(name, described["items"])
        return Field(name, f"list of {item.type}".strip(), item.of, words)
    if extra := described.get("additionalProperties"):
        item = _field(name, extra if isinstance(extra, dict) else {})
        return Field(name, f"names with {item.type}".strip(), item.of, words)
    kind = (
        described.get("format") if described.get("format") in ("uri", "date", "decimal") else described.get("type", "")
    )
    kind = f"{kind or 'value'}{' or null' if described.get('nullable') else ''}"
    if choices := described.get("enum"):
        kind = " | ".join(str(choice) for choice in choices if choice)
    return Field(name, kind, "", words)
