"""Editing: what the desk shows of each noun, one file a noun."""

from . import users  # noqa: F401
