"""Questions to the database, one file a noun."""
