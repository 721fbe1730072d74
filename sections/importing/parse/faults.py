"""What the importer says when it cannot read a text."""


class ImportFault(ValueError):
    """A text that cannot be read as a report; `str()` gives the line, the reason and the way out."""

    def __init__(self, line: int | None, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}" if line else message)
