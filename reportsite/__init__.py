"""The wiring of the site: settings, URLs, the WSGI entry point."""

__version__ = "0.2.0"  # of the code; CHANGELOG.md says what each brought
