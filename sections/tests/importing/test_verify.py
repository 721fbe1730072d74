"""The proof that records are their source, and how it fails."""

from dataclasses import replace

from sections.importing import parse_report
from sections.importing.verify import difference, verify
from sections.tests.support.examplia import EXAMPLIA

SOURCE = EXAMPLIA.encode()
REPORT = parse_report(SOURCE)
HASHES = {paragraph.number: paragraph.sha256 for paragraph in REPORT.paragraphs}


def with_paragraph(number, **changes):
    """The report with one paragraph changed."""
    paragraphs = tuple(replace(p, **changes) if p.number == number else p for p in REPORT.paragraphs)
    return replace(REPORT, paragraphs=paragraphs)


def test_it_holds_for_what_was_read():
    proof = verify(REPORT, HASHES, SOURCE)
    assert (proof.holds, proof.sections, proof.paragraphs, proof.abbreviations) == (True, 9, 6, 3)
    assert verify(REPORT, HASHES).holds


def test_it_shows_one_altered_character_of_a_slice():
    altered = with_paragraph(4, source_text=REPORT.paragraphs[3].source_text.replace("light", "sight"))
    failures = verify(altered, HASHES, SOURCE).failures
    assert {(failure.number, failure.reason) for failure in failures} == {
        (4, "its slice differs from the source"),
        (4, "its slice does not match its fingerprint"),
        (4, "the text of block 1 differs from its slice"),
        (None, "its slices put together are not the source that was imported"),
    }
    assert failures[0].difference == (
        "at character 30 the record has “4.␉Two aims are pursued: (a) sight; (b) peace.␊” (U+0073 there), "
        "the source has “4.␉Two aims are pursued: (a) light; (b) peace.␊” (U+006C there)"
    )


def test_it_shows_one_altered_character_without_the_source_file():
    altered = with_paragraph(4, source_text=REPORT.paragraphs[3].source_text.replace("light", "sight"))
    proof = verify(altered, HASHES)
    assert {failure.number for failure in proof.failures} == {4, None}
    assert any("“Two aims are pursued: (a) light; (b) peace.”" in failure.difference for failure in proof.failures)


def test_it_shows_an_altered_block_footnote_and_fingerprint():
    first = REPORT.paragraphs[0]
    block = replace(first.blocks[0], text=first.blocks[0].text.replace("2011", "2012"))
    note = replace(first.footnotes[0], offset=3)
    proof = verify(with_paragraph(1, blocks=(block,), footnotes=(note,)), {**HASHES, 2: "0" * 64}, SOURCE)
    assert [(failure.name, failure.reason) for failure in proof.failures] == [
        ("paragraph 1", "the text of block 1 differs from its slice"),
        ("paragraph 1", "footnote 2 differs from what its slice reads as"),
        ("paragraph 2", "its slice does not match its fingerprint"),
    ]


def test_it_misses_what_is_not_stored():
    fewer = replace(REPORT, paragraphs=REPORT.paragraphs[:-1], abbreviations=REPORT.abbreviations[:1])
    names = [failure.name for failure in verify(fewer, HASHES, SOURCE).failures]
    assert names == ["paragraph 6", "line 36", "line 37", "the whole report"]


def test_it_shows_an_altered_heading_and_abbreviation():
    sections = tuple(replace(s, title="Reply") if s.key == "reply-1" else s for s in REPORT.sections)
    abbreviations = (*REPORT.abbreviations[:2], replace(REPORT.abbreviations[2], name="Council"))
    proof = verify(replace(REPORT, sections=sections, abbreviations=abbreviations), HASHES)
    assert [failure.name for failure in proof.failures] == ["heading “Reply”", "abbreviation “RC”"]


def test_it_shows_a_control_character_in_the_slice_of_a_heading():
    first = next(section for section in REPORT.sections if section.key == "reply-1")
    altered = replace(first, source_text=f"\x01{first.source_text}")
    sections = tuple(altered if section is first else section for section in REPORT.sections)
    failures = verify(replace(REPORT, sections=sections), HASHES).failures
    assert {failure.name for failure in failures} == {"heading “Reply to paragraph 1”", "the whole report"}


def test_it_says_where_two_texts_part():
    assert difference("road", "road") == ""
    assert difference("road", "roads") == (
        "at character 5 the record has already ended, the source has “roads” (U+0073 there)"
    )
