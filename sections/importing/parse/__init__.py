"""Lines of a source text to a report's records. Knows no model and no Django."""
