"""Parts of addresses: the symbol of a document, a place in it, and what the names of files end with."""

import re

from django.urls import register_converter
from django.urls.converters import StringConverter

from sections import citing
from sections.exports import formats
from sections.exports.formats import FileFormat


class SymbolConverter(StringConverter):
    """The symbol of a United Nations document, such as CMW/C/MEX/3."""

    regex = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){2,}"


class SlugConverter(StringConverter):
    """The slug of an entry, or any other words typed in its place; never NUL, which PostgreSQL cannot compare."""

    regex = r"[^/\x00]+"


class DataConverter:
    """A format of files of data, by the ending of their names; no other ending makes an address."""

    regex = r"[a-z0-9][a-z0-9.]*"
    formats = formats.FORMATS

    def to_python(self, value: str) -> FileFormat:
        if value not in self.formats:
            raise ValueError(f"No file has a name that ends with .{value}")
        return self.formats[value]

    def to_url(self, value: FileFormat) -> str:
        if value.ending not in self.formats:
            raise ValueError(f"This is not written as .{value.ending}")
        return value.ending


class PassagesConverter(DataConverter):
    """A format of files of lists of paragraphs."""

    formats = formats.PASSAGE_FORMATS


class CitationConverter(DataConverter):
    """A format of files that cite what stands beside them, by the ending of their names.

    Only these endings are looked for, so that "3.csl.json" is 3 and "csl.json".
    """

    regex = "|".join(map(re.escape, citing.FORMATS))
    formats = citing.FORMATS


class PlaceConverter:
    """A place in a report as people write it: 94, 92-94, 137(b)."""

    regex = r"[^/.\x00]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class ShortPlaceConverter(PlaceConverter):
    """A place that begins with a number and holds a character that no symbol has: 137(b), 92,95, 92–94."""

    regex = r"[0-9][^/\x00]*[^A-Za-z0-9._/\x00-][^/\x00]*"


register_converter(SymbolConverter, "symbol")
register_converter(SlugConverter, "entry")
register_converter(DataConverter, "data")
register_converter(PassagesConverter, "passages")
register_converter(CitationConverter, "citation")
register_converter(PlaceConverter, "place")
register_converter(ShortPlaceConverter, "short_place")
