"""An editor at the desk of a running site, by plain requests: logs in, opens forms, saves them."""

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sections.tests.support.forms import filled_in

from .load_client import HOST

__all__ = ["Answer", "Editor", "filled_in"]


@dataclass
class Answer:
    """What the site answered: status, where it sends on to, and the page."""

    status: int
    location: str
    page: str


@dataclass
class Editor:
    """A connection with cookies, kept open."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self):
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=60)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """GET a page, or POST fields to it."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        self.statuses.append(answer.status)
        return Answer(answer.status, answer.getheader("Location") or "", page)

    def log_in(self, name: str, password: str) -> None:
        """Logs in, or says that it can't."""
        self.ask("/admin/login/")
        answer = self.ask("/admin/login/", {"username": name, "password": password, "next": "/admin/"})
        if answer.status != 302:
            raise SystemExit(f"{name} can't log in: {answer.status}")
