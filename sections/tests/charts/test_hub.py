"""Related things around one in the middle."""

from hypothesis import given
from hypothesis import strategies as st

from sections.charts.hub import hub


def test_it_draws_nothing_without_relations():
    assert hub("Office", []) is None


def test_it_sets_groups_on_both_sides_of_the_middle_with_long_names_in_lines():
    picture = hub(
        "Office", [("runs", [("Open Roads Plan", 1)]), ("is part of", [("Ministry of Roads, Rails and Ports", 2)])]
    )
    assert [(side.anchor, [words for _, words in side.labels]) for side in picture.sides] == [
        ("start", ["runs"]),
        ("end", ["is part of"]),
    ]
    assert [[words for _, words in lines] for side in picture.sides for _, lines, _ in side.nodes] == [
        ["Open Roads Plan"],
        ["Ministry of Roads, Rails", "and Ports"],
    ]


@given(
    st.lists(
        st.tuples(
            st.text(max_size=20), st.lists(st.tuples(st.text(max_size=90), st.integers()), min_size=1, max_size=6)
        ),
        max_size=6,
    )
)
def test_it_shows_every_thing_once_and_within_the_picture(groups):
    picture = hub("Office", groups)
    nodes = [node for side in picture.sides for node in side.nodes] if picture else []
    assert sorted(subject for subject, _, _ in nodes) == sorted(
        subject for _, things in groups for _, subject in things
    )
    assert all(0 <= y <= picture.height for _, lines, _ in nodes for y, _ in lines)
