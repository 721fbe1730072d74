"""The databases' own full-text indexes over generated paragraphs: what an index query costs before any site."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from .fill_database import batches
from .reference_engines import parts

LIMIT = 20


class RawSqlite:
    """FTS5 in a file of its own."""

    def __init__(self, folder: Path, texts: Iterable[tuple[int, str]]):
        self._database = sqlite3.connect(folder / "raw.sqlite3")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA cache_size = -200000")
        self._database.execute("CREATE VIRTUAL TABLE found USING fts5(text, content = '')")
        self._database.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", texts)
        self._database.execute("INSERT INTO found(found) VALUES ('optimize')")
        self._database.commit()

    def count(self, query: str) -> int:
        """How many paragraphs match: nothing is ranked."""
        return self._database.execute("SELECT count(*) FROM found WHERE found MATCH ?", (_fts5(query),)).fetchone()[0]

    def best(self, query: str) -> list[int]:
        """The first paragraphs by the database's own ranking."""
        asked = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT ?"
        return [number for (number,) in self._database.execute(asked, (_fts5(query), LIMIT))]


class RawPostgres:
    """A tsvector with a GIN index, in the database of the site."""

    def __init__(self, url: str, texts: Iterable[tuple[int, str]]):
        import psycopg

        self._database = psycopg.connect(url, autocommit=True)
        self._database.execute("SET statement_timeout = '120s'")
        self._database.execute("SET maintenance_work_mem = '512MB'")
        self._database.execute("CREATE UNLOGGED TABLE raw_found (number int, text text)")
        for batch in batches(texts):
            with self._database.cursor() as cursor, cursor.copy("COPY raw_found FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(row)
        self._database.execute("SET statement_timeout = 0")
        self._database.execute(
            "CREATE UNLOGGED TABLE raw_index AS SELECT number, to_tsvector('simple', text) AS words FROM raw_found"
        )
        self._database.execute("DROP TABLE raw_found")
        self._database.execute("CREATE INDEX ON raw_index USING gin (words)")
        self._database.execute("ANALYZE raw_index")
        self._database.execute("SET statement_timeout = '120s'")

    def count(self, query: str) -> int:
        """How many paragraphs match: nothing is ranked."""
        asked, values = _tsquery(query)
        return self._database.execute(f"SELECT count(*) FROM raw_index WHERE words @@ ({asked})", values).fetchone()[0]

    def best(self, query: str) -> list[int]:
        """The first paragraphs by the database's own ranking."""
        asked, values = _tsquery(query)
        rows = self._database.execute(
            f"SELECT number FROM raw_index, (SELECT {asked} AS query) AS asked WHERE words @@ query"
            f" ORDER BY ts_rank(words, query) DESC LIMIT {LIMIT}",
            values,
        )
        return [number for (number,) in rows]


def _read(query):
    """The words and phrases of a query, and whether one of them is enough."""
    pieces = [one for one in parts(query).wanted if one != "OR"]
    return pieces, " OR " in query


def _fts5(query):
    pieces, either = _read(query)
    return (" OR " if either else " AND ").join(f'"{piece}"' for piece in pieces)


def _tsquery(query):
    pieces, either = _read(query)
    return (" || " if either else " && ").join(["phraseto_tsquery('simple', %s)"] * len(pieces)), pieces
