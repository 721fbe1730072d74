"""Full-text search: one analyser, one index and one ranking of our own, on any database. `service` is its entry point.

The index is rows of ordinary tables: for each word, subject, entry and article, where it occurs among the paragraphs.
The database only stores these rows. SQLite's FTS5 and PostgreSQL's tsvector were rejected for three reasons: neither
gives a ranking the positions of words without reading every matching row; phrases, facets and statistics would need
queries of their own; and with one index the same query has the same answer on both, to the last decimal.
"""
