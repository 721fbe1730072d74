"""Full-text search: one analyser, one index and one ranking of ours, on any database.

The index is rows of ordinary tables: for each word, subject, entry and article, where it occurs among the paragraphs.
Databases only keep these rows. SQLite's FTS5 and PostgreSQL's tsvector were left aside for three reasons: neither
tells a ranking where words stand without reading every row that matches; both would have to be asked apart for
phrases, facets and statistics; and with one index the same query comes to the same on both, to the last decimal.
"""
