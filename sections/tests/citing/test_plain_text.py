"""Citations in one line."""

from datetime import date

from sections.citing import plain_citation
from sections.models import Report


def test_it_cites_a_paragraph_with_title_symbol_and_date():
    report = Report(
        symbol="XXX/C/EXA/1",
        title="Third periodic report of Examplia",
        state_party="Examplia",
        date_received=date(2017, 5, 2),
        date_distributed=date(2017, 6, 14),
    )
    assert plain_citation(report, "para. 3") == (
        "Third periodic report of Examplia, UN Doc. XXX/C/EXA/1 (14 June 2017), para. 3"
    )


def test_it_names_the_state_where_the_title_does_not_and_leaves_out_what_is_not_known():
    report = Report(symbol="XXX/C/EXA/1", title="Third periodic report", state_party="Examplia")
    assert plain_citation(report) == "Examplia, Third periodic report, UN Doc. XXX/C/EXA/1"
