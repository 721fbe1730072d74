"""Creates a login for somebody who works at the desk."""

import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from axes.utils import reset
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ._writing import WritingCommand

ROLES = {"editor": "editors", "reviewer": "reviewers", "administrator": "administrators"}


class Command(WritingCommand, BaseCommand):
    help = (
        "Create a login for the desk. Editors keep the entries and their links, reviewers use the review desk only, "
        "administrators do what editors do and also keep the logins."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="The name to log in with.")
        parser.add_argument("--role", choices=ROLES, default="editor", help="What the person may do.")
        parser.add_argument("--email", default="", help="The person's e-mail address.")
        parser.add_argument(
            "--again",
            action="store_true",
            help="Let in somebody whose login exists: activate it, set the role and a new password, unlock it.",
        )
        parser.add_argument("--generate", action="store_true", help="Choose a password and print it.")

    def handle(self, *, name: str, role: str, email: str, generate: bool, again: bool, **options: Any) -> None:
        User = get_user_model()
        name = User.normalize_username(name.strip())
        user = User.objects.filter(username=name).first()
        if user is not None and not again:
            state = "can log in" if user.is_active and user.is_staff else "is deactivated or may not use the desk"
            raise CommandError(
                f"A login {name} already exists; it {state}. To let the person in again with a new password: "
                f"manage.py create_editor {name} --role {role} --again"
            )
        if user is None and again:
            raise CommandError(f"There is no login {name}. Leave out --again to create it.")
        user = user or User(username=name)
        user.is_active = user.is_staff = True
        user.email = email or user.email
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        password = secrets.token_urlsafe(15) if generate else _read_password()
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError("The password cannot be used. " + " ".join(error.messages)) from error
        user.set_password(password)
        group = Group.objects.filter(name=ROLES[role]).first()
        if group is None:
            raise CommandError(f"There is no group {ROLES[role]}. Create it with: manage.py migrate")
        with transaction.atomic():
            user.save()
            user.groups.set([group])
            reset(username=name)
        self.stdout.write(f"{user.username} can log in at /admin/ as {role}.")
        if generate:
            self.stdout.write(f"Password: {password}")


def _read_password() -> str:
    """The password from the keyboard, twice the same; or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("Password again: ") != password:
        raise CommandError("The two passwords differ; nothing was created. Run the command again.")
    return password
