"""The desk in the language and the time zone of each editor; public pages stay in the language of their address."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from sections.models import Change, Preferences
from sections.tests.support.desk import editor, filled_in, save, words
from sections.tests.support.pages import read

pytestmark = pytest.mark.django_db
PAGE = "/admin/preferences/"


@pytest.fixture
def desk(client):
    return editor(client)


def choose(client, language, zone="UTC"):
    return client.post(PAGE, filled_in(client.get(PAGE)) | {"language": language, "time_zone": zone})


@pytest.mark.parametrize(
    ("accepted", "language", "said"),
    [
        ("", "en-gb", "Password"),
        ("es-MX,es;q=0.9,en;q=0.5", "es", "Contraseña"),
        ("fr-CH", "fr", "Mot de passe"),
        ("de,fr;q=0.4", "fr", "Mot de passe"),
        ("de", "en-gb", "Password"),
    ],
)
def test_the_log_in_page_speaks_the_language_of_the_browser(client, accepted, language, said):
    answer = client.get("/admin/login/", headers={"accept-language": accepted})
    assert answer.headers["Content-Language"] == language
    assert said in answer.content.decode()
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_desk_speaks_the_language_that_the_editor_chose_whatever_the_browser_asks_for(desk):
    choose(desk, "fr")
    page = desk.get("/admin/", headers={"accept-language": "es"})
    assert (page.headers["Content-Language"], "/admin/logout/" in page.content.decode()) == ("fr", True)
    assert "/fr/" in read(page).links()
    choose(desk, "es")
    page = desk.get("/admin/", headers={"accept-language": "fr"})
    assert '<html lang="es"' in page.content.decode() and "/es/" in read(page).links()


def test_public_pages_stay_in_the_language_of_their_address(desk):
    choose(desk, "fr")
    for address, language in (("/about/", "en-gb"), ("/es/about/", "es")):
        assert desk.get(address).headers["Content-Language"] == language


@pytest.mark.parametrize("address", ["/admin/nowhere/", "/admin/sections/entry/1/delete/"])
def test_refusals_at_the_desk_speak_the_language_of_the_editor(desk, address):
    choose(desk, "es")
    answer = desk.get(address, headers={"accept-language": "fr"})
    assert answer.status_code in (403, 404, 302)
    if answer.status_code != 302:
        assert '<html lang="es"' in answer.content.decode()


def test_the_page_about_a_form_without_its_code_speaks_the_language_of_the_editor(client):
    client.handler.enforce_csrf_checks = True
    client.force_login(User.objects.create_superuser("ana"))
    Preferences.objects.create(user=User.objects.get(), language="fr")
    answer = client.post(PAGE, {"language": "es", "time_zone": "UTC"})
    assert (answer.status_code, '<html lang="fr"' in answer.content.decode()) == (403, True)
    assert Preferences.objects.get().language == "fr"


def test_it_confirms_in_the_language_just_chosen_and_keeps_the_choice_of_each_person(desk, client):
    choose(desk, "es", "America/Mexico_City")
    assert "America/Mexico_City" in words(desk.get(PAGE))
    other = editor(type(client)(), "berta")
    assert "UTC" in words(other.get(PAGE)) and other.get(PAGE).headers["Content-Language"] == "en-gb"
    choose(other, "fr")
    assert list(Preferences.objects.order_by("user__username").values_list("language", "time_zone")) == [
        ("es", "America/Mexico_City"),
        ("fr", "UTC"),
    ]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "posix/UTC", ""])
def test_it_takes_no_time_zone_that_it_does_not_offer(desk, zone):
    assert choose(desk, "en-gb", zone).status_code == 200
    assert not Preferences.objects.exists()


def test_a_zone_that_this_machine_does_not_know_counts_as_utc(desk):
    Preferences.objects.create(user=User.objects.get(), language="en-gb", time_zone="America/Atlantis")
    assert desk.get("/admin/").status_code == 200
    moment = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert moment.astimezone(Preferences.objects.get().zone).hour == 12


def test_strangers_find_no_preferences(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.post(PAGE, {"language": "es", "time_zone": "UTC"}).status_code in (302, 403)
    assert not Preferences.objects.exists()


def test_moments_are_told_as_the_language_tells_them_with_the_zone(client, world):
    user = User.objects.create_superuser("eva")
    client.force_login(user)
    Preferences.objects.create(user=user, language="es", time_zone="America/Mexico_City")
    save(client, world.plan, description="Opens roads.")
    change = Change.objects.get(user=user)
    Change.objects.filter(pk=change.pk).update(when=datetime(2026, 11, 30, 21, 5, tzinfo=UTC))
    for address in ("/admin/", "/admin/my-actions/", f"/admin/my-actions/{change.pk}/undo/", "/admin/activity/"):
        assert "30 de noviembre de 2026, 15:05 CST" in words(client.get(address)), address
