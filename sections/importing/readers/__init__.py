"""Source files to text, one format a file."""
