"""Logins made and kept at the desk: they work, keep their names in the history, and leave somebody who manages them."""

import io

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.models import Synonym, changing
from sections.tests.support.desk import filled_in, words

pytestmark = pytest.mark.django_db
PASSWORD = "blue harbour 71"
LAST = "This is the only login that can manage logins."
USERS = "/admin/auth/user/"


def role(name):
    return Group.objects.get(name=name)


def person(name, group="editors", **more):
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **more)
    user.groups.add(role(group))
    return user


@pytest.fixture
def boss(client):
    user = person("boss", "administrators")
    client.force_login(user)
    return user


def log_in(client, name, password=PASSWORD, next="/admin/"):
    return client.post("/admin/login/", {"username": name, "password": password, "next": next})


def edit(client, user, **changed):
    address = f"{USERS}{user.pk}/change/"
    fields = {name: value for name, value in filled_in(client.get(address)).items() if name != "_addanother"}
    for name, value in changed.items():
        fields.pop(name) if value is None else fields.update({name: value})
    return client.post(address, fields)


def test_a_login_made_in_the_browser_can_log_in(client, boss):
    given = {"username": "ana", "password1": PASSWORD, "password2": PASSWORD, "groups": [role("editors").pk]}
    answer = client.post(f"{USERS}add/", given, follow=True)
    assert "“ana” can log in at /admin/ now. Role: editor." in words(answer)
    other = type(client)()
    assert log_in(other, "ana").url == "/admin/" and other.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password1": "1234", "password2": "1234"}, "too short"),
        ({"password2": "another harbour"}, "didn’t match"),
        ({"groups": []}, "Choose at least one role."),
        ({"username": "boss"}, "already exists"),
    ],
)
def test_a_login_is_made_with_a_role_and_a_good_password_only(client, boss, changed, told):
    given = {"username": "ana", "password1": PASSWORD, "password2": PASSWORD, "groups": [role("editors").pk]}
    assert told in words(client.post(f"{USERS}add/", given | changed))
    assert User.objects.count() == 1


def test_somebody_who_is_given_a_role_may_use_the_desk(client, boss):
    reader = User.objects.create_user("reader", password=PASSWORD)
    assert edit(client, reader, groups=[role("reviewers").pk]).status_code == 302
    assert log_in(type(client)(), "reader").status_code == 302


@pytest.mark.parametrize("changed", [{"is_active": None}, {"is_staff": None}, {"groups": []}, {"groups": "reviewers"}])
def test_the_last_administrator_cannot_take_herself_out_of_use(client, boss, changed):
    if "groups" in changed:
        changed = {"groups": [role(changed["groups"]).pk] if changed["groups"] else []}
    answer = edit(client, boss, **changed)
    assert answer.status_code == 200 and LAST in words(answer)
    boss.refresh_from_db()
    assert boss.is_active and boss.is_staff and boss.groups.get().name == "administrators"


def test_the_last_superuser_cannot_take_that_status_away(client):
    root = User.objects.create_superuser("root", password=PASSWORD)
    client.force_login(root)
    assert LAST in words(edit(client, root, is_superuser=None))
    right = Permission.objects.get(content_type__app_label="auth", codename="change_user")
    assert edit(client, root, is_superuser=None, user_permissions=[right.pk]).status_code == 302


def test_the_last_administrator_keeps_a_password(client, boss):
    answer = client.post(f"{USERS}{boss.pk}/password/", {"usable_password": "false", "unset-password": "1"})
    assert LAST in words(answer)
    boss.refresh_from_db()
    assert boss.has_usable_password()


def test_the_last_administrator_cannot_be_deleted_alone_or_among_others(client, boss):
    ana = person("ana")
    assert LAST in words(client.get(f"{USERS}{boss.pk}/delete/"))
    assert LAST in words(client.post(f"{USERS}{boss.pk}/delete/", {"post": "yes"}))
    chosen = {"action": "delete_selected", "_selected_action": [boss.pk, ana.pk]}
    assert LAST in words(client.post(USERS, chosen))
    assert LAST in words(client.post(USERS, chosen | {"post": "yes"}))
    assert User.objects.count() == 2


@pytest.mark.parametrize("key", ["²", "x", "1\0", "", "9" * 30])
@pytest.mark.parametrize("model", ["auth/user", "otp_totp/totpdevice"])
def test_a_list_of_logins_takes_no_damaged_keys(client, boss, model, key):
    client.raise_request_exception = False
    answer = client.post(f"/admin/{model}/", {"action": "delete_selected", "_selected_action": [key], "index": "0"})
    assert answer.status_code in (200, 302)
    assert User.objects.filter(pk=boss.pk).exists()


def test_the_page_of_a_login_speaks_of_roles_and_not_of_how_passwords_are_kept(client, boss):
    said = words(client.get(f"{USERS}{boss.pk}/change/"))
    assert "Role:" in said and "May use the desk" in said and "Reset password" in said
    assert not any(jargon in said for jargon in ("Staff status", "Groups:", "algorithm", "pbkdf2", "Designates"))


def test_where_there_is_another_administrator_all_that_is_allowed(client, boss):
    other = person("other", "administrators")
    assert edit(client, other, is_active=None).status_code == 302
    assert LAST in words(client.post(f"{USERS}{boss.pk}/delete/", {"post": "yes"}))  # the other one is no help now
    User.objects.filter(pk=other.pk).update(is_active=True)
    assert client.post(f"{USERS}{boss.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(User.objects.all()) == [other]


def test_an_administrator_without_a_password_or_the_desk_does_not_count(client, boss):
    locked = person("locked", "administrators")
    locked.set_unusable_password()
    locked.save()
    outside = person("outside", "administrators")
    User.objects.filter(pk=outside.pk).update(is_staff=False)
    assert LAST in words(edit(client, boss, is_active=None))


def test_the_page_of_deletion_says_what_stays(client, boss):
    ana = person("ana")
    for number in range(2):
        with changing(user=ana):
            Synonym.objects.create(term=f"term {number}", says="word")
    said = words(client.get(f"{USERS}{ana.pk}/delete/"))
    assert "What stays: all 2 changes that this person made, with the name" in said


def test_an_administrator_unlocks_a_name_at_the_desk(client, boss):
    person("ana")
    other = type(client)()
    for _ in range(5):
        log_in(other, "ana", "wrong")
    assert log_in(other, "ana").status_code == 429
    assert "ana" in words(client.get("/admin/locked-names/"))
    assert "“ana” can log in again." in words(client.post("/admin/locked-names/", {"name": "ana"}, follow=True))
    assert not AccessAttempt.objects.exists()
    assert log_in(other, "ana").status_code == 302
    assert "This name is not locked." in words(client.post("/admin/locked-names/", {"name": "x\0"}, follow=True))


def test_an_editor_cannot_unlock(client):
    client.force_login(person("ana"))
    for answer in (client.get("/admin/locked-names/"), client.post("/admin/locked-names/", {"name": "ana"})):
        assert answer.status_code == 403


def code_of(device):
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06}"


def test_a_wrong_code_does_not_lock_and_many_say_how_long_to_wait(client, settings):
    settings.TWO_FACTOR = True
    client.force_login(person("ana"))
    client.get("/admin/second-step/")
    for _ in range(4):
        assert "That code is not valid." in words(client.post("/admin/second-step/", {"code": "000000"}))
    said = words(client.post("/admin/second-step/", {"code": code_of(TOTPDevice.objects.get())}))
    assert "Too many wrong codes. Wait 8 seconds" in said or "Wait 7 seconds" in said
    TOTPDevice.objects.update(throttling_failure_count=1)
    answer = client.post("/admin/second-step/", {"code": code_of(TOTPDevice.objects.get())})
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_an_administrator_resets_a_second_step_and_sees_no_key(client, boss):
    device = TOTPDevice.objects.create(user=person("ana"), confirmed=True)
    listed = client.get("/admin/otp_totp/totpdevice/")
    assert "ana" in words(listed) and "OTP_TOTP" not in words(listed)
    page = client.get(f"/admin/otp_totp/totpdevice/{device.pk}/change/")
    assert device.key not in page.content.decode()
    client.post(f"/admin/otp_totp/totpdevice/{device.pk}/delete/", {"post": "yes"})
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("next", ["https://elsewhere.example/", "/nowhere", "//elsewhere.example", "", "/accounts/x"])
def test_a_log_in_that_would_lead_nowhere_leads_to_the_desk(client, next):
    person("ana")
    assert log_in(client, "ana", next=next).url == "/admin/"


def test_the_command_lets_somebody_in_again_who_was_deactivated_or_locked(client, monkeypatch):
    ana = person("ana", "reviewers", is_active=False)
    with pytest.raises(CommandError, match="already exists; it is deactivated .* --again"):
        call_command("create_editor", "ana")
    for _ in range(5):
        log_in(client, "ana", "wrong")
    monkeypatch.setattr("sys.stdin", io.StringIO("green harbour 72\n"))
    call_command("create_editor", "ana", "--role", "editor", "--again")
    ana.refresh_from_db()
    assert ana.groups.get().name == "editors"
    assert log_in(client, "ana", "green harbour 72").status_code == 302
    with pytest.raises(CommandError, match="There is no login berta"):
        call_command("create_editor", "berta", "--again")


def test_a_password_ends_where_no_hand_types_any_more(client, boss):
    for address in (f"{USERS}add/", f"{USERS}{person('ana').pk}/password/"):
        page = client.get(address)
        assert page.content.decode().count('maxlength="4096"') == 2, address
        answer = client.post(address, filled_in(page) | dict.fromkeys(["password1", "password2"], "blue " * 1000))
        assert "at most 4096 characters" in words(answer)
