"""Where the parts of the site begin for which the server, the limits and the error pages have rules of their own."""

API = "/api/"
DESK = "/admin/"
