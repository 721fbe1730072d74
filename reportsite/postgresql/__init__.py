"""Django's PostgreSQL backend where a server may be down: errors come soon, and not every request waits for them."""
