"""Engines as they come off the shelf, over the same paragraphs: what the site's search is measured against."""

import re
import sqlite3
from dataclasses import dataclass

_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Parts:
    """A query as either engine's own language can say it: words and phrases, and what must be absent."""

    wanted: tuple[str, ...]
    without: tuple[str, ...]


def parts(query: str) -> Parts:
    """The parts of a query; what has no letter and no digit is left out."""
    wanted, without = [], []
    for piece in _PIECE.finditer(query):
        tokens = _TOKEN.findall(piece["phrase"] or piece["word"] or "")
        if tokens:
            (without if piece["minus"] else wanted).append(" ".join(tokens))
    return Parts(tuple(wanted), tuple(without))


class Fts5:
    """SQLite's FTS5 with its unicode61 and porter tokenisers and its own bm25."""

    name = "SQLite FTS5"

    def __init__(self, texts: dict[int, str]):
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE found USING fts5(text, tokenize = 'porter unicode61')")
        self._database.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", texts.items())

    def search(self, query: str, every_word: bool, limit: int = 20) -> list[int]:
        """The numbers of the best paragraphs that hold every word, or any."""
        read = parts(query)
        if not read.wanted:
            return []
        asked = (" AND " if every_word else " OR ").join(f'"{one}"' for one in read.wanted)
        asked = f"({asked})" + "".join(f' NOT "{one}"' for one in read.without)
        rows = self._database.execute(
            "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found), rowid LIMIT ?", (asked, limit)
        )
        return [number for (number,) in rows]


class Postgres:
    """PostgreSQL's english text search configuration with ts_rank, at the address of a server."""

    name = "PostgreSQL english"

    def __init__(self, texts: dict[int, str], url: str):
        import psycopg  # the other engine needs no driver

        self._database = psycopg.connect(url, autocommit=True)
        self._database.execute("CREATE TEMPORARY TABLE found (number int PRIMARY KEY, text tsvector)")
        with self._database.cursor() as cursor:
            cursor.executemany("INSERT INTO found VALUES (%s, to_tsvector('english', %s))", list(texts.items()))

    def search(self, query: str, every_word: bool, limit: int = 20) -> list[int]:
        """The numbers of the best paragraphs that hold every word, or any."""
        read = parts(query)
        if not read.wanted:
            return []
        one = "phraseto_tsquery('english', %s)"
        asked = (" && " if every_word else " || ").join([one] * len(read.wanted))
        asked = " && ".join([f"({asked})", *[f"(!! {one})"] * len(read.without)])
        rows = self._database.execute(
            f"WITH asked AS (SELECT {asked} AS query) SELECT number FROM found, asked"
            " WHERE text @@ query ORDER BY ts_rank(text, query) DESC, number LIMIT %s",
            (*read.wanted, *read.without, limit),
        )
        return [number for (number,) in rows]
