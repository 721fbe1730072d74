"""Who gets to the desk, how often one may try, and what each group may do."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.tests.support.pages import read

PASSWORD = "blue harbour 71"

pytestmark = pytest.mark.django_db


def make(name, role="editor", monkeypatch=None, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("create_editor", name, "--role", role)
    return User.objects.get(username=name)


def log_in(client, name, password):
    return client.post("/admin/login/", {"username": name, "password": password, "next": "/admin/"})


def test_it_makes_a_login_for_each_role(monkeypatch):
    for role in ("editor", "reviewer", "administrator"):
        person = make(f"a-{role}", role, monkeypatch)
        assert (person.is_staff, person.is_superuser, person.groups.get().name) == (True, False, f"{role}s")


@pytest.mark.parametrize("password", ["1234", "ana-maria-9", "password123"])
def test_it_refuses_a_weak_password_in_words(monkeypatch, password):
    with pytest.raises(CommandError, match="The password cannot be used."):
        make("ana-maria", monkeypatch=monkeypatch, password=password)
    assert not User.objects.exists()


def test_it_says_when_a_name_is_taken(monkeypatch):
    make("ana", monkeypatch=monkeypatch)
    with pytest.raises(CommandError, match="already exists"):
        make("ana", monkeypatch=monkeypatch)


def test_it_gives_each_group_what_it_may_do():
    rights = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert set(rights) == {"editors", "reviewers", "administrators"}
    assert rights["reviewers"] == {"review_links"}
    assert {"change_institution", "add_name", "change_articlelink", "edit_by_csv", "review_links"} <= rights["editors"]
    assert {right for right in rights["editors"] if right.endswith(("_user", "_paragraph"))} == {"view_paragraph"}
    assert rights["administrators"] >= rights["editors"] | {"add_user", "change_user", "delete_totpdevice"}


@pytest.mark.parametrize("known", [True, False])
def test_it_locks_a_name_after_five_failures_and_tells_nothing(client, monkeypatch, settings, known):
    if known:
        make("ana", monkeypatch=monkeypatch)
    for _ in range(4):
        answer = log_in(client, "ana", "wrong")
        assert answer.status_code == 200
        assert "Please enter the correct username and password for a staff account." in read(answer).words
    for password in ("wrong", PASSWORD):
        answer = log_in(client, "ana", password)
        assert answer.status_code == 429
        assert (
            "Too many attempts to log in with this name. After 5 failed attempts it is locked for 15 minutes"
            in read(answer).words
        )
        assert ("input", "ana") in [(tag, attrs.get("value")) for tag, attrs in read(answer).tags]
    call_command("axes_reset_username", "ana", verbosity=0)
    assert log_in(client, "ana", PASSWORD).status_code == (302 if known else 200)


def test_it_says_the_same_of_a_wrong_password_and_of_a_login_without_the_desk(client, monkeypatch):
    User.objects.create_user("reader", password=PASSWORD)
    make("ana", monkeypatch=monkeypatch)
    answers = [log_in(client, *given) for given in (("reader", PASSWORD), ("ana", "wrong"), ("nobody", "wrong"))]
    assert len({read(answer).words for answer in answers}) == 1


def test_it_ends_a_session_that_nobody_uses_and_keeps_one_in_use(client, monkeypatch, settings):
    assert settings.SESSION_COOKIE_AGE == 8 * 3600
    log_in(client, make("ana", monkeypatch=monkeypatch).username, PASSWORD)
    answer = client.get("/admin/")
    assert answer.cookies["sessionid"]["max-age"] == 8 * 3600
    assert "sessionid" not in client.get("/admin/").cookies


def test_it_asks_for_a_second_step_when_the_site_is_set_so(client, monkeypatch, settings):
    settings.TWO_FACTOR = True
    ana = make("ana", monkeypatch=monkeypatch)
    log_in(client, "ana", PASSWORD)
    for _ in range(2):
        answer = client.get("/admin/")
        assert (answer.status_code, answer.url) == (302, "/admin/second-step/?next=%2Fadmin%2F")
    assert "Scan this QR code with it" in read(client.get("/admin/second-step/")).words
    assert (
        "That code is not valid. Wait for the next one to appear in your app."
        in read(client.post("/admin/second-step/", {"code": "000000"})).words
    )
    device = TOTPDevice.objects.get(user=ana)
    TOTPDevice.objects.update(throttling_failure_count=0)
    code = f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06}"
    answer = client.post("/admin/second-step/", {"code": f" {code[:3]} {code[3:]} ", "next": "/admin/"})
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    client.logout()
    log_in(client, "ana", PASSWORD)
    words = read(client.get("/admin/second-step/")).words
    assert "Enter the code that the app on your phone shows now." in words and "Key:" not in words


def test_it_leads_nowhere_else_after_the_second_step(client, monkeypatch, settings):
    settings.TWO_FACTOR = True
    make("ana", monkeypatch=monkeypatch)
    log_in(client, "ana", PASSWORD)
    page = read(client.get("/admin/second-step/?next=https://elsewhere.example/"))
    assert "/admin/" in [attrs.get("value") for _, attrs in page.tags]


def test_it_lets_no_administrator_make_a_superuser(client, monkeypatch):
    root = User.objects.create_superuser("root", password=PASSWORD)
    boss = make("boss", "administrator", monkeypatch)
    client.force_login(boss)
    page = read(client.get(f"/admin/auth/user/{boss.pk}/change/"))
    names = {attrs.get("name") for _, attrs in page.tags}
    assert "groups" in names and not names & {"is_superuser", "user_permissions"}
    client.post(f"/admin/auth/user/{boss.pk}/change/", {"username": "boss", "is_superuser": "on", "is_staff": "on"})
    boss.refresh_from_db()
    assert not boss.is_superuser
    assert client.get(f"/admin/auth/user/{root.pk}/change/").status_code == 302
    assert client.get(f"/admin/auth/user/{root.pk}/password/").status_code in {302, 403, 404}


def test_it_refuses_what_is_too_large_before_reading_it(client):
    answer = client.post("/admin/login/", b"x" * 5_000_000, content_type="application/octet-stream")
    assert answer.status_code == 413
    assert "A request holds 4 MB at most. Send the data in smaller parts." in read(answer).words


def test_it_gives_readers_no_cookie(client):
    answer = client.get("/about/")
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
