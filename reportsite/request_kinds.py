"""What the server, the limits and the error pages must know of addresses: where the API and the desk begin."""

API = "/api/"
DESK = "/admin/"

# Parameters that choose nothing among what there is: what is looked for, and how the answer is written.
PLAIN = {"q", "text", "go", "report", "limit", "offset", "format"}
