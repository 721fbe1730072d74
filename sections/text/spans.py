"""Spans of a text: a start and an end, counted in characters from 0."""

Span = tuple[int, int]


def apart(one: Span, other: Span) -> bool:
    """Whether two spans have no character in common."""
    return one[1] <= other[0] or other[1] <= one[0]


def within(inner: Span, outer: Span) -> bool:
    """Whether the inner span stands in the outer one and is shorter."""
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer
