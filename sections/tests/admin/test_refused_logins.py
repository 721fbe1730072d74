"""A login that cannot be saved: its form returns without the passwords."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import OperationalError
from django.test import Client

from sections.tests.support import desk
from sections.tests.support.refused import kept, refused

BUSY = OperationalError("database is locked")


@pytest.fixture
def ana(transactional_db):
    return desk.editor(Client(raise_request_exception=False))


@pytest.mark.usefixtures("migrated")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("page", ["add/", "change/", "password/"])
def test_the_forms_of_logins_return_without_the_passwords(ana, page):
    rita = User.objects.create_user("rita", is_staff=True)
    address = "/admin/auth/user/add/" if page == "add/" else f"/admin/auth/user/{rita.pk}/{page}"
    secret = {"password1": "blue harbour 71", "password2": "blue harbour 71", "usable_password": "true"}
    role = str(Group.objects.get(name="editors").pk)
    typed = {
        "add/": {"username": "mona", "groups": role} | secret,
        "change/": {"email": "rita@example.org"},
        "password/": secret,
    }[page]
    fields = {name: value for name, value in desk.filled_in(ana.get(address)).items() if value} | typed
    answer = refused(ana, BUSY, address, fields, when=lambda sql: "auth_user" in sql and not sql.startswith("SELECT"))
    assert kept(fields, answer).keys() <= {"password1", "password2", "usable_password"}
    assert "blue harbour" not in answer.content.decode()
