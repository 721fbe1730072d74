"""Path converters: parts of addresses that mean a document, an entry or the format of a file."""

from django.urls import register_converter


class SymbolConverter:
    """The symbol of a United Nations document, such as CMW/C/MEX/3."""

    regex = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){2,}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SlugConverter(SymbolConverter):
    """The slug of an entry, or any other words typed in its place; never NUL, which PostgreSQL cannot compare."""

    regex = r"[^/\x00]+"


class DataFormatConverter(SymbolConverter):
    """The ending of a data file."""

    regex = "csv|json"


class CitationFormatConverter(SymbolConverter):
    """The ending of a file beside a paragraph."""

    regex = "txt|ris|bib"


register_converter(SymbolConverter, "symbol")
register_converter(SlugConverter, "entry")
register_converter(DataFormatConverter, "data")
register_converter(CitationFormatConverter, "ending")
