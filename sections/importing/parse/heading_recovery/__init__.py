"""Headings that a conversion lost, recovered from the published contents and from the traces they left."""
