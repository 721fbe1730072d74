"""Parts of addresses: the symbol of a document, and what the names of files end with."""

from django.urls import register_converter


class SymbolConverter:
    """The symbol of a United Nations document, such as CMW/C/MEX/3."""

    regex = r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){2,}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class DataConverter(SymbolConverter):
    """What the name of a file of data ends with."""

    regex = "csv|json"


class EndingConverter(SymbolConverter):
    """What the name of a file beside a paragraph ends with."""

    regex = "txt|ris|bib"


register_converter(SymbolConverter, "symbol")
register_converter(DataConverter, "data")
register_converter(EndingConverter, "ending")
