"""Full-text search: one analyser and one ranking of ours over two thin database engines."""
