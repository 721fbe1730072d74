"""How the server, the limits and the error pages tell kinds of requests apart by their addresses."""

API = "/api/"
DESK = "/admin/"

# Parameters that choose nothing among what there is: what is looked for, and how the answer is written.
PLAIN = {"q", "text", "go", "report", "limit", "offset", "format"}
