"""The documentation of the API as a page, made from the same OpenAPI schema that programs read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from sections.models import kept_report

OF_SCHEMA = "#/components/schemas/"
FORMATS = ("uri", "date", "decimal")  # that say more than the type
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
    context = {"report": kept_report(), "resources": resources, "shapes": shapes, "here": "API documentation"}
    return render(request, "api/docs.html", context)


@cache
def described() -> tuple[list[Resource], list[Shape]]:
    """The resources and the shapes of their answers, as the schema describes them; made once for each process."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    reader = _Reader(schema["components"]["schemas"])
    resources = [reader.resource(path, methods["get"]) for path, methods in schema["paths"].items()]
    waiting, shapes = [resource.answer.of for resource in resources], {}
    while waiting:
        name = waiting.pop(0)
        if name and name not in shapes:
            shapes[name] = reader.shape(name)
            waiting += [field.of for field in shapes[name].fields]
    return resources, [shapes[name] for name in sorted(shapes)]


class _Reader:
    """Reads a schema, whose parts are `named`."""

    def __init__(self, named: dict[str, Any]) -> None:
        self.named = named

    def resource(self, path: str, operation: dict[str, Any]) -> Resource:
        content = operation["responses"]["200"]["content"]["application/json"]["schema"]
        parameters = (
            self.field(each["name"], each["schema"], each.get("description", ""))
            for each in operation.get("parameters", ())
        )
        anchor = path.strip("/").replace("/", "-").replace("{", "").replace("}", "")
        return Resource(path, anchor, operation.get("description", ""), tuple(parameters), self.field("", content))

    def shape(self, name: str) -> Shape:
        described = self.named[name]
        fields = tuple(self.field(key, value) for key, value in described.get("properties", {}).items())
        return Shape(name, described.get("description", ""), fields)

    def field(self, name: str, described: dict[str, Any], words: str = "") -> Field:
        words = words or described.get("description", "")
        parts = described.get("allOf") or described.get("oneOf") or [described]
        references = [part["$ref"].removeprefix(OF_SCHEMA) for part in parts if "$ref" in part]
        for of in references:
            if of.startswith(PAGED):
                return Field(name, "page of", of.removeprefix(PAGED).removesuffix("List"), words)
            if "properties" in self.named[of]:
                return Field(name, "", of, words)
            return self.field(
                name, {key: value for key, value in self.named[of].items() if key != "description"}, words
            )
        if described.get("type") == "array":
            item = self.field(name, described["items"])
            return Field(name, f"list of {item.type}".strip(), item.of, words)
        if isinstance(described.get("additionalProperties"), dict):
            item = self.field(name, described["additionalProperties"])
            return Field(name, f"names with {item.type}".strip(), item.of, words)
        return Field(name, _plain(described), "", words)


def _plain(described: dict[str, Any]) -> str:
    """The type of a value that has no parts."""
    if choices := [str(choice) for choice in described.get("enum", ()) if choice]:
        return " | ".join(choices)
    kind = described.get("format") if described.get("format") in FORMATS else described.get("type", "value")
    return f"{kind} or null" if described.get("nullable") else str(kind)
