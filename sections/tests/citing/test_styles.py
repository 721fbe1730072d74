"""Citations in every style, whole, of every kind of thing and of reports of which little is known."""

from datetime import date

import pytest
from django.utils.translation import override

from sections.citing import STYLES, Place, paragraph_pattern, plain_citation, report_place, site_page
from sections.citing.words import Italic
from sections.models import Report
from sections.text.item_paths import Step

ADDRESS = "https://site.example/XXX/C/EXA/3/"
FACTS = {
    "symbol": "XXX/C/EXA/3",
    "title": "Third periodic report of Examplia",
    "state_party": "Examplia",
    "treaty_body": "Committee on the Rights of Travellers",
    "date_received": date(2017, 5, 19),
    "date_distributed": date(2017, 6, 14),
    "translations": {
        "es": {
            "title": "Tercer informe periódico de Ejemplia",
            "state_party": "Ejemplia",
            "treaty_body": "Comité de los Derechos de los Viajeros",
        },
        "fr": {
            "title": "Troisième rapport périodique de l’Exemplie",
            "state_party": "Exemplie",
            "treaty_body": "Comité des droits des voyageurs",
        },
    },
}
PLACES = {
    "report": Place(),
    "paragraph": Place((94,)),
    "range": Place((92, 93, 94)),
    "list": Place((92, 95, 96, 97)),
    "item": Place((137,), item=(Step("b", 2),)),
    "item in an item": Place((141,), item=(Step("a", 1), Step("", 3))),
    "item without a letter": Place((98,), item=(Step("", 2),)),
    "footnote": Place((141,), footnote=12),
    "table": Place((64,), table=1),
}


def cited(place="paragraph", reader="en-gb", **changed):
    """The citation of that place for a reader of that language, in every style; some facts of the report changed."""
    with override(reader):
        report = report_place(Report(**FACTS | changed), ADDRESS, PLACES[place])
    return {key: style.text(report) for key, style in STYLES.items()}


def test_it_cites_a_paragraph_as_each_style_asks():
    assert cited() == {
        "un": "Third periodic report of Examplia, XXX/C/EXA/3, para. 94.",
        "oscola": "UN Committee on the Rights of Travellers, ‘Third Periodic Report of Examplia’ (14 June 2017) "
        "UN Doc XXX/C/EXA/3, para 94.",
        "bluebook": "Comm. on the Rts. of Travellers, Third Periodic Report of Examplia, ¶ 94, U.N. Doc. XXX/C/EXA/3 "
        "(June 14, 2017).",
        "mcgill": "Committee on the Rights of Travellers, Third Periodic Report of Examplia, UN Doc XXX/C/EXA/3 (2017) "
        "at para 94.",
        "chicago": "UN Committee on the Rights of Travellers, Third Periodic Report of Examplia, XXX/C/EXA/3 "
        f"(June 14, 2017), para. 94, {ADDRESS}.",
        "apa": "Examplia. (2017). Third periodic report of Examplia (XXX/C/EXA/3). United Nations, Committee "
        f"on the Rights of Travellers. {ADDRESS}",
        "apa-in-text": "(Examplia, 2017, para. 94)",
    }


@pytest.mark.parametrize(
    ("place", "united_nations", "oscola", "bluebook", "mcgill", "chicago", "apa"),
    [
        ("range", "paras. 92–94", "paras 92–94", "¶¶ 92–94", "paras 92–94", "paras. 92–94", "paras. 92–94"),
        ("list", "paras. 92 and 95–97", "paras 92, 95–97", "¶¶ 92, 95–97", "paras 92, 95–97", "paras. 92, 95–97", ""),
        ("item", "para. 137 (b)", "para 137(b)", "¶ 137(b)", "para 137(b)", "para. 137(b)", "para. 137(b)"),
        ("item in an item", "para. 141 (a), item 3", "para 141(a) item 3", "¶ 141(a), item 3", "", "", ""),
        ("item without a letter", "para. 98, item 2", "para 98 item 2", "¶ 98, item 2", "para 98, item 2", "", ""),
        (
            "footnote",
            "para. 141, footnote 12",
            "para 141 fn 12",
            "¶ 141 n.12",
            "para 141, n 12",
            "para. 141, n. 12",
            "",
        ),
        ("table", "para. 64, table 1", "para 64 table 1", "¶ 64 tbl.1", "para 64, table 1", "", "para. 64, Table 1"),
    ],
)
def test_it_names_a_place_as_each_style_does(place, united_nations, oscola, bluebook, mcgill, chicago, apa):
    texts = cited(place)
    assert texts["un"] == f"Third periodic report of Examplia, XXX/C/EXA/3, {united_nations}."
    assert texts["oscola"].endswith(f" UN Doc XXX/C/EXA/3, {oscola}.")
    assert f"of Examplia, {bluebook}, U.N. Doc." in texts["bluebook"]
    assert texts["mcgill"].endswith(f" (2017) at {mcgill}." if mcgill else ".")
    assert f" (June 14, 2017), {chicago}" in texts["chicago"]
    assert texts["apa-in-text"].startswith("(Examplia, 2017, ") and apa in texts["apa-in-text"]


def test_it_cites_a_whole_report_without_a_place():
    texts = cited("report")
    assert texts["un"] == "Third periodic report of Examplia, XXX/C/EXA/3."
    assert texts["mcgill"].endswith("UN Doc XXX/C/EXA/3 (2017).")
    assert texts["apa-in-text"] == "(Examplia, 2017)"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "es",
            [
                "Tercer informe periódico de Ejemplia, XXX/C/EXA/3, párr. 94.",
                "(Ejemplia, 2017, párr. 94)",
                "(14 de junio de 2017)",
                "«Tercer informe periódico de Ejemplia»",
            ],
        ),
        (
            "fr",
            [
                "Troisième rapport périodique de l’Exemplie, XXX/C/EXA/3, par. 94.",
                "(Exemplie, 2017, par. 94)",
                "(14 juin 2017)",
                "Doc NU XXX/C/EXA/3 (2017) au para 94.",
            ],
        ),
    ],
)
def test_a_citation_is_in_one_language_that_of_the_page(language, expected):
    texts = cited(reader=language)
    everything = "\n".join(texts.values())
    assert [words for words in expected if words not in everything] == []
    assert [words for words in ("Examplia", "Committee", "June", "UN Doc ") if words in everything] == []


def test_a_report_without_a_translation_is_cited_in_its_own_language_on_every_page():
    translations = {"es": {"title": "Tercer informe periódico de Ejemplia"}}  # the committee's name is missing
    assert cited(reader="es", translations=translations) == cited()
    assert cited(reader="fr", translations={}) == cited()


def test_a_report_in_another_language_is_cited_in_it_where_it_is_not_translated():
    facts = {"title": "Tercer informe de Ejemplia", "state_party": "Ejemplia", "language": "es", "translations": {}}
    assert cited(**facts)["un"] == "Tercer informe de Ejemplia, XXX/C/EXA/3, párr. 94."


def test_it_leaves_out_what_nobody_knows():
    texts = cited(date_received=None, date_distributed=None, treaty_body="", state_party="", translations={})
    assert texts == {
        "un": "Third periodic report of Examplia, XXX/C/EXA/3, para. 94.",
        "oscola": "‘Third Periodic Report of Examplia’ UN Doc XXX/C/EXA/3, para 94.",
        "bluebook": "Third Periodic Report of Examplia, ¶ 94, U.N. Doc. XXX/C/EXA/3.",
        "mcgill": "Third Periodic Report of Examplia, UN Doc XXX/C/EXA/3 at para 94.",
        "chicago": f"Third Periodic Report of Examplia, XXX/C/EXA/3, para. 94, {ADDRESS}.",
        "apa": f"United Nations. (n.d.). Third periodic report of Examplia (XXX/C/EXA/3). United Nations. {ADDRESS}",
        "apa-in-text": "(United Nations, n.d., para. 94)",
    }


def test_a_report_without_a_title_is_called_what_it_is():
    assert cited(title="")["un"] == "Report of the State party (Examplia), XXX/C/EXA/3, para. 94."


def test_it_names_the_state_where_the_title_does_not():
    assert cited(title="Third periodic report")["un"] == "Third periodic report, Examplia, XXX/C/EXA/3, para. 94."


@pytest.mark.parametrize("symbol", ["XXX/C/EXA/3/Add.1", "XXX/C/EXA/3/Corr.2", "XXX/C/EXA/1-2"])
def test_addenda_corrigenda_and_combined_reports_keep_their_symbols_as_printed(symbol):
    assert all(symbol in text for key, text in cited(symbol=symbol).items() if key != "apa-in-text")


def test_line_breaks_in_what_editors_typed_break_no_citation():
    assert cited(title="Third periodic\r\nreport\tof \u2028Examplia")["un"].startswith(
        "Third periodic report of Examplia"
    )


def test_it_sets_titles_in_italics_where_the_style_does():
    report = report_place(Report(**FACTS), ADDRESS)
    italics = {key: [run for run in style.runs(report) if isinstance(run, Italic)] for key, style in STYLES.items()}
    assert italics == {
        "un": [],
        "oscola": [],
        "bluebook": ["Third Periodic Report of Examplia"],
        "mcgill": ["Third Periodic Report of Examplia"],
        "chicago": ["Third Periodic Report of Examplia"],
        "apa": ["Third periodic report of Examplia"],
        "apa-in-text": [],
    }


def test_it_cites_a_page_of_this_site_as_a_page_with_room_for_the_day():
    page = site_page("Article 22 of the Convention", "https://site.example/convention/articles/22/")
    site, address = "Paragraph by Paragraph", page.address
    assert {key: style.text(page) for key, style in STYLES.items()} == {
        "un": f"“Article 22 of the Convention”, {site}, available at {address} (accessed on [date]).",
        "oscola": f"‘Article 22 of the Convention’ ({site}) <{address}> accessed [date].",
        "bluebook": f"Article 22 of the Convention, {site}, {address} (last visited [date]).",
        "mcgill": f"“Article 22 of the Convention”, online: {site} <{address}>.",
        "chicago": f"“Article 22 of the Convention,” {site}, accessed [date], {address}.",
        "apa": f"{site}. (n.d.). Article 22 of the Convention. Retrieved [date], from {address}",
        "apa-in-text": f"({site}, n.d.)",
    }


def test_it_cites_in_one_line_for_titles_and_for_links_beside_numbers():
    report = report_place(Report(**FACTS), ADDRESS, PLACES["paragraph"])
    assert plain_citation(report) == "Third periodic report of Examplia, XXX/C/EXA/3, para. 94"
    assert paragraph_pattern(report) == "Third periodic report of Examplia, XXX/C/EXA/3, para. {}"
