"""The strip of a report's paragraphs."""

from sections.charts.strip import Strip, numbers_in_words, strip


def test_it_draws_a_stroke_for_each_run_of_paragraphs():
    assert strip([7, 3, 4, 3], 9) == Strip(9, "M2 0h2v10h-2zM6 0h1v10h-1z", "3–4 and 7")


def test_it_draws_nothing_for_no_paragraph():
    assert strip([], 9) is None


def test_it_writes_numbers_as_readers_do():
    assert [numbers_in_words(numbers) for numbers in ([], [5], [5, 6], [1, 3, 4, 9])] == [
        "",
        "5",
        "5–6",
        "1, 3–4 and 9",
    ]
