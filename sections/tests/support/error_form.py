"""The form for reporting an error, as a person's browser sends it."""

from sections.tests.support.forms import filled_in
from sections.tests.support.world import SYMBOL
from sections.views.form_seal import new_seal

FORM = "/report-an-error/"
PARAGRAPH = f"/{SYMBOL}/paragraphs/1/"


def form_for(client, about=PARAGRAPH):
    """The fields of the form as a browser would send them, after the time that a person needs."""
    page = client.get(FORM, {"about": about})
    fields = filled_in(page.content.decode())
    return fields | {"text": "The year is wrong.", "seal": new_seal(ready=True)}
