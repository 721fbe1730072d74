"""Who changed what: pages of history and actions, undo, watching."""
