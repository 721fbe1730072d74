"""Logins, their second step, locked names, and what each editor prefers."""
