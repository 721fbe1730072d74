"""The wiring of the site: settings, addresses, the way in for the server."""
