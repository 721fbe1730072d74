"""Django's database backend for SQLite, as a site needs it that must outlive its database file."""
