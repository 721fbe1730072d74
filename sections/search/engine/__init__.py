"""The search engine without its database: analysis, queries, postings, scoring, highlighting. Pure."""
