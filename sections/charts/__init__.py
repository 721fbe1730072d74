"""Numbers as pictures that also read as words. Knows no model."""
