import pytest

from sections.text.whole_numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("14", 14), (" 007 ", 7), ("0" * 5000 + "1", 1)])
def test_it_reads_ascii_digits(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "²", "①", "٣", "1²", "-1", "+1", "1.0", "1 4", "1_4", "9" * 5000, "1000000000"]
)
def test_it_refuses_everything_else(text):
    assert whole_number(text) is None


def test_it_refuses_more_than_the_most():
    assert (whole_number("65535", most=65535), whole_number("65536", most=65535)) == (65535, None)
