"""Checks of this machine: can the site write where it has to, and does it share what several servers must share."""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def check_data_folder(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Why the site cannot write into its folder."""
    folder = settings.DATA_DIR
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(nearest, os.W_OK | os.X_OK):
        return []
    message = f"The site cannot write into {folder}."
    hint = f"Give the folder to the user who runs the site: chown {os.geteuid()} {nearest}; or set DATA_DIR."
    return [Error(message, hint=hint, id="reports.E012")]


@register
def check_shared_secret(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Why an editor who is logged in on one server would not be on the next."""
    if settings.APPLICATION_SERVERS == 1 or os.environ.get("SECRET_KEY", "").strip():
        return []
    message = "Each application server makes a secret key of its own, so that editors are logged out at random."
    hint = "Set the same SECRET_KEY on all servers."
    return [Error(message, hint=hint, id="reports.E013")]
