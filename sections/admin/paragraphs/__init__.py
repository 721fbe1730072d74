"""Paragraphs: their notes, and linking in the text."""
