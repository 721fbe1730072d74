"""The wiring of the site: settings, URLs, the WSGI entry point."""
