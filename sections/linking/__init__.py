"""Finds in text the entries that it names. Knows no model and no database, but for `apply`."""
