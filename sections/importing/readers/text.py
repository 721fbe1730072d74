"""The source text of a report and its published contents."""

from pathlib import Path

from sections.importing.parse.contents import Contents, read_contents
from sections.importing.parse.records import ImportFault


def read_source(path: Path) -> bytes:
    """The bytes of a source file; raises ImportFault, in words, when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ImportFault(None, f"there is no file {path}. Name the text file of the report.") from error
    except IsADirectoryError as error:
        raise ImportFault(None, f"{path} is a folder. Name the text file of the report.") from error
    except OSError as error:
        raise ImportFault(None, f"{path} cannot be read: {error.strerror}.") from error


def contents_for(source: Path, symbol: str, folder: Path, named: Path | None = None) -> Contents | None:
    """The published contents: from the file that was named, else beside the source, else by symbol in `folder`."""
    beside = source.with_name(f"{source.stem}.contents.json")
    by_symbol = folder / f"{symbol.replace('/', '-')}.contents.json"
    path = named or next((path for path in (beside, by_symbol) if path.is_file()), None)
    if path is None:
        return None
    try:
        return read_contents(read_source(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ImportFault(None, f"the contents file {path} is not UTF-8.") from error
    except ImportFault as fault:
        raise ImportFault(None, f"{path}: {fault}") from fault
