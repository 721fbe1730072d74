"""Makes a login for somebody who works at the desk."""

import secrets
import sys
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

ROLES = {"editor": "editors", "reviewer": "reviewers", "administrator": "administrators"}


class Command(BaseCommand):
    help = (
        "Make a login for the desk. Editors keep the entries and their links, reviewers use the review desk only, "
        "administrators do what editors do and also keep the logins."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="The name to log in with.")
        parser.add_argument("--role", choices=ROLES, default="editor", help="What the person may do.")
        parser.add_argument("--email", default="", help="The person's address.")
        parser.add_argument("--generate", action="store_true", help="Choose a password and print it.")

    def handle(self, *, name, role, email, generate, **options):
        User = get_user_model()
        user = User(username=User.normalize_username(name.strip()), email=User.objects.normalize_email(email))
        user.is_staff = True
        try:
            user.clean_fields(exclude=["password"])
            user.validate_unique()
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        password = secrets.token_urlsafe(15) if generate else _asked_password()
        try:
            validate_password(password, user)
        except ValidationError as fault:
            raise CommandError("The password won't do. " + " ".join(fault.messages)) from fault
        user.set_password(password)
        group = Group.objects.filter(name=ROLES[role]).first()
        if group is None:
            raise CommandError(f"The group {ROLES[role]} is not there. Make it with: manage.py migrate")
        with transaction.atomic():
            user.save()
            user.groups.add(group)
        self.stdout.write(f"{user.username} can log in at /admin/ as {role}.")
        if generate:
            self.stdout.write(f"Password: {password}")


def _asked_password():
    """The password from the keyboard, twice the same; or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("Password again: ") != password:
        raise CommandError("The two passwords differ; nothing was made. Run the command again.")
    return password
