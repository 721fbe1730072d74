"""Posts to the desk during which the database fails."""

from django.contrib.auth.models import User

from sections.models import Change, ContentVersion, Upload, tracked_models

from . import desk
from .faults import failing, writes


def stored():
    """Everything that readers and the history know."""
    rows = {model.__name__: list(model._base_manager.order_by("pk").values()) for model in tracked_models()}
    history = {model.__name__: model.history.count() for model in tracked_models()}
    version = list(ContentVersion.objects.values())
    return rows, history, version, Change.objects.count(), Upload.objects.count(), User.objects.count()


def refused(client, error, address, fields, when=writes):
    """The answer to a post during which the database fails; nothing is stored then."""
    before = stored()
    with failing(error, when) as failed:
        answer = client.post(address, fields)
    assert failed, "the database was never asked"
    assert answer.status_code == 503, desk.words(answer)[:300]
    assert int(answer.headers["Retry-After"]) > 0
    assert "othing was saved" in desk.words(answer)
    assert stored() == before
    return answer


def kept(fields, answer):
    """The fields that the page does not send again as they were typed."""
    again = desk.filled_in(answer)
    return {
        name: value for name, value in fields.items() if value != again.get(name, "") and not name.startswith("csrf")
    }
