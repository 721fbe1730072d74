"""Tests that the site speaks English, Spanish and French, and leaves the report in its own language."""

import ast
import gettext
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.template import templatize

from sections.models import ConventionArticle, ConventionPart
from sections.search.indexer import rebuild
from sections.tests.support.house import ROOT, tracked_files
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

LANGUAGES = ("es", "fr")
LOCALE = ROOT / "sections" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)s")
LEFT_OUT = ("sections", "tests")
# Which argument of a call is the msgid.
CALLS = dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_", "ngettext", "ngettext_lazy"), 0)
CALLS |= {"pgettext": 1, "pgettext_lazy": 1}
WORDS = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATES = re.compile(rf"(?:pgettext\({WORDS}, *|\bn?gettext\(|\b_\()({WORDS})")
QUOTED = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$|^"(.*)"$')


def build_world():
    make_world()
    rebuild()


built_world, world = shared_world(build_world)


def entries(language):
    """`{(context, msgid): [translations]}` of a .po file, plural forms after the singular, by a plain reader."""
    found, entry, last = {}, {}, ""

    def keep():
        if entry.get("msgid"):
            forms = [text for key, text in sorted(entry.items()) if key.startswith("msgstr")]
            found[entry.get("msgctxt"), entry["msgid"]] = (entry.get("msgid_plural"), forms)

    for line in (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8").splitlines():
        match = QUOTED.match(line)
        if match is None:
            continue
        if match[1] in ("msgctxt", "msgid") and any(key.startswith("msgstr") for key in entry):
            keep()
            entry.clear()
        last = match[1] or last
        text = (match[2] if match[1] else match[3]).encode().decode("unicode_escape").encode("latin-1").decode()
        entry[last] = entry.get(last, "") + text
    keep()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_translations_are_whole_and_keep_the_places_for_values(language):
    held = entries(language)
    assert held.keys() == entries("es").keys()
    assert [msgid for (_, msgid), (_, forms) in held.items() if not all(forms)] == []
    assert [msgid for (_, msgid), (plural, forms) in held.items() if len(forms) != (2 if plural else 1)] == []
    unlike = [
        msgid
        for (_, msgid), (plural, forms) in held.items()
        if set(PLACEHOLDER.findall(msgid + (plural or ""))) != set(PLACEHOLDER.findall("".join(forms)))
    ]
    assert unlike == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_compiled_translations_are_those_of_the_readable_ones(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for (context, msgid), (plural, forms) in entries(language).items():
        if plural:
            assert [compiled.ngettext(msgid, plural, count) for count in (1, 2)] == forms
        elif context:
            assert compiled.pgettext(context, msgid) == forms[0]
        else:
            assert compiled.gettext(msgid) == forms[0]


def messages_of_templates():
    """Each msgid of the templates, as Django itself finds it."""
    found = set()
    for path in tracked_files(".html"):
        source = templatize(path.read_text(encoding="utf-8"), origin=path.relative_to(ROOT).as_posix())
        found |= {ast.literal_eval(words) for words in IN_TEMPLATES.findall(source)}
    return found


def messages_of_code():
    """Each msgid of the pages in Python files."""
    found = set()
    for path in tracked_files(".py"):
        if path.relative_to(ROOT).parts[:2] == LEFT_OUT:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                words = node.args[CALLS[node.func.id]]
                if isinstance(words, ast.Constant):
                    found.add(words.value)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_translates_every_word_that_readers_and_editors_see(language):
    held = {msgid for _, msgid in entries(language)}
    asked = messages_of_templates() | messages_of_code()
    assert len(asked) > 700
    assert sorted(asked - held) == []
    assert sorted(held - asked) == []  # nothing stays that nobody says any more


def plain_words(call):
    """The texts in the arguments of a call that no other call translates or makes into something else."""
    waiting = [*call.args]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and " " in str(node.value):
            yield node.value
        elif not isinstance(node, ast.Call):
            waiting += ast.iter_child_nodes(node)


def test_every_refusal_speaks_the_language_of_the_editor():
    rooms = {("sections", room) for room in ("models", "admin", "editing")}
    found = [
        (path.name, words)
        for path in tracked_files(".py")
        if path.relative_to(ROOT).parts[:2] in rooms
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ValidationError"
        for words in plain_words(node)
    ]
    assert found == []


def test_its_fixtures_translate_the_captions_and_titles_of_the_whole_convention(db):
    call_command("loaddata", "convention", verbosity=0)
    for model, field, count in ((ConventionArticle, "subject", 93), (ConventionPart, "title", 9)):
        rows = list(model.objects.values_list(field, "translations"))
        assert len(rows) == count
        assert [text for text, words in rows if not all(words[language].get(field) for language in LANGUAGES)] == []


PAGES = {
    "/": (
        "El informe de Examplia al Committee on Travellers de las Naciones Unidas, párrafo por párrafo",
        "Examplia\u00a0: le rapport au Committee on Travellers de l’ONU, paragraphe par paragraphe",
    ),
    "/about/": ("Acerca de este sitio", "À propos de ce site"),
    "/about/fidelity/": ("¿El texto está completo y sin cambios?", "Le texte est-il complet et inchangé\u00a0?"),
    "/changes/": ("Cambios", "Modifications"),
    "/convention/": ("La Convención", "La Convention"),
    "/convention/matrix/": ("Artículos con instituciones", "Articles et institutions"),
    "/institutions/": ("Instituciones", "Institutions"),
    "/laws/": ("Leyes", "Lois"),
    "/programmes/": ("Programas", "Programmes"),
    "/search/": ("Buscar", "Rechercher"),
    "/search/?q=zzzz": ("Ningún párrafo sobre «zzzz»", "Aucun paragraphe pour «\u00a0zzzz\u00a0»"),
    "{report}paragraphs/1/": ("Párrafo 1", "Paragraphe 1"),
    "{report}annexes/": ("Anexos", "Annexes"),
    "{report}figures/": ("Cifras", "Chiffres"),
    "{report}figures/sums/": ("Sumas comprobadas", "Sommes vérifiées"),
    "{report}timeline/": ("Cronología", "Chronologie"),
    "{report}places/": ("Lugares", "Lieux"),
    "{report}tables/1/": ("Cuadro 1", "Tableau 1"),
}


@pytest.mark.parametrize("address", PAGES)
def test_every_kind_of_page_speaks_the_language_of_its_address(client, world, address):
    path = address.format(report=f"/{SYMBOL}/")
    for language, heading in zip(LANGUAGES, PAGES[address], strict=True):
        response = client.get(f"/{language}{path}")
        page = read(response)
        assert page.h1 == [heading]
        assert dict(page.tags)["html"]["lang"] == language
        assert response.headers["Content-Language"] == language
        assert "Vary" not in response.headers or "Cookie" not in response.headers["Vary"]
        assert response.cookies == {}


def test_its_links_stay_in_the_language_except_those_to_files(client, world):
    report = f"/{SYMBOL}/"
    for path in ("/", f"{report}paragraphs/1/", "/convention/", "/institutions/", "/search/?q=a"):
        page = read(client.get(f"/es{path}"))
        others = {link for link in page.links() if link.startswith("/") and not link.startswith("/es/")}
        assert {link for link in others if not re.search(r"^/fr/|^/admin/|\.(json|txt|ris|bib)$", link)} <= {path}


def test_it_names_the_same_page_in_each_language(client, world):
    page = read(client.get("/fr/institutions/?text=a&sort=name"))
    found = [attrs for tag, attrs in page.tags if tag == "link" and attrs.get("rel") == "alternate"]
    assert [(attrs["hreflang"], attrs["href"]) for attrs in found] == [
        ("en", "http://testserver/institutions/"),
        ("es", "http://testserver/es/institutions/"),
        ("fr", "http://testserver/fr/institutions/"),
        ("x-default", "http://testserver/institutions/"),
    ]
    switch = [attrs["href"] for tag, attrs in page.tags if tag == "a" and attrs.get("hreflang")]
    assert switch == ["/institutions/?text=a&sort=name", "/es/institutions/?text=a&sort=name"]


def test_its_search_keeps_each_language_and_each_query_apart(client, world):
    for query in ("q=one", "q=two&sort=place", "q={x}"):
        for language, word in (("", "Search"), ("/es", "Buscar"), ("/fr", "Rechercher"), ("", "Search")):
            page = read(client.get(f"{language}/search/?{query}"))
            switch = [attrs["href"] for tag, attrs in page.tags if tag == "a" and attrs.get("hreflang")]
            assert {link.partition("?")[2] for link in switch} == {query}
            assert word in page.words
    assert client.get("/es/search/suggest/?q=para 1").json()["groups"][0]["heading"] == "En el informe"
    assert client.get("/search/suggest/?q=para 1").json()["groups"][0]["heading"] == "In the report"


def test_the_report_stays_in_its_own_language_and_the_page_says_so(client, world):
    path = f"/{SYMBOL}/paragraphs/1/"
    english, spanish = client.get(path).content.decode(), client.get(f"/es{path}").content.decode()
    note = "Este sitio reproduce la versión del informe en inglés."
    assert note in spanish and "language-note" not in english
    text = re.compile(r'<div class="text" lang="en">(.*?)</div>', re.S)
    words = [re.sub(r"<[^>]*>", "", found) for found in (*text.findall(english), *text.findall(spanish))]
    assert len(words) == 2 and words[0] == words[1]


@pytest.mark.parametrize(
    "address", ["/es/api/v1/", "/fr/healthz", "/es/readyz", "/es/admin/", "/fr/robots.txt", "/es/sitemap.xml"]
)
def test_what_is_for_machines_and_editors_has_no_language(client, world, address):
    assert client.get(address).status_code == 404


def test_nobody_is_sent_to_another_language_than_the_address_says(client, world):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    response = client.get("/", headers={"accept-language": "fr"})
    assert dict(read(response).tags)["html"]["lang"] == "en-GB"
    assert response.headers["Content-Language"] == "en-gb"
