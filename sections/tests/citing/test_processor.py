"""A citation processor that is not ours writes citations from the site's CSL-JSON."""

import json
from datetime import date

import pytest

from sections.citing import FORMATS, Place, ReportPlace


def test_it_cites_a_report_in_a_style_of_its_own():
    citeproc = pytest.importorskip("citeproc", reason="the package citeproc-py is not installed")
    source = pytest.importorskip("citeproc.source.json")
    report = ReportPlace(
        title="Third periodic report of Examplia",
        state_party="Examplia",
        committee="Committee on Travellers",
        symbol="XXX/C/EXA/3",
        day=date(2017, 6, 14),
        text_language="en",
        address="https://site.example/XXX/C/EXA/3/paragraphs/94/",
        place=Place((94,)),
        language="en-gb",
    )
    items = json.loads(FORMATS["csl.json"].write([report]))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(
        style, source.CiteProcJSON(items), pytest.importorskip("citeproc.formatter.plain")
    )
    citation = citeproc.Citation([citeproc.CitationItem(items[0]["id"])])
    bibliography.register(citation)
    assert bibliography.cite(citation, lambda item: pytest.fail(f"{item.key} is not known")) == "(Examplia, 2017)"
    (entry,) = map(str, bibliography.bibliography())
    assert "Third periodic report of Examplia" in entry
