"""Institutions, laws and programmes: their forms, names, and restructuring."""
