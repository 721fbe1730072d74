"""Keeps the figures, dates and places of the database in step with the text."""
