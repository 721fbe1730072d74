"""Two editors on one form: what only one of them changed is taken, and both are asked only where they differ."""

from sections.text.three_way_merge import DELETE, Difference, merge


def state(record, **rows):
    """A state of a record with the fields of `record`, and rows of the group "names"."""
    return {"": {"": record}, "names": {key.replace("new", "+"): {"text": text} for key, text in rows.items()}}


def test_it_saves_what_is_typed_where_nobody_else_changed_anything():
    opened = state({"name": "Office"}, n1="NOT")
    typed = state({"name": "Bureau"}, n1="NOT", new0="NTO")
    assert merge(opened, opened, typed) == (typed, [])


def test_it_names_a_field_that_only_the_other_editor_changed():
    opened, stored = state({"name": "Office", "kind": "unit"}), state({"name": "Agency", "kind": "unit"})
    merged, differences = merge(opened, stored, state({"name": "Office", "kind": "court"}))
    assert merged[""][""] == {"name": "Office", "kind": "court"}
    assert differences == [Difference("", "", "name", "Office", "Agency", "Office", both=False)]


def test_it_names_a_field_that_both_changed_unless_to_the_same():
    opened, stored = state({"name": "Office"}), state({"name": "Agency"})
    assert merge(opened, stored, state({"name": "Bureau"}))[1] == [
        Difference("", "", "name", "Office", "Agency", "Bureau", both=True)
    ]
    assert merge(opened, stored, state({"name": "Agency"}))[1] == []


def test_it_names_a_row_that_the_other_editor_added():
    opened, stored = state({}), state({}, n2="NTO")
    merged, differences = merge(opened, stored, state({}))
    assert merged["names"] == {"n2": {"text": "NTO"}}
    assert differences == [Difference("names", "n2", DELETE, None, {"text": "NTO"}, None, both=False)]


def test_it_keeps_a_row_that_the_other_editor_deleted_as_a_new_one():
    opened, stored = state({}, n1="NOT"), state({})
    merged, differences = merge(opened, stored, state({}, n1="N.O.T."))
    assert merged["names"] == {"+restored-n1": {"text": "N.O.T."}}
    assert differences == [
        Difference("names", "+restored-n1", DELETE, {"text": "NOT"}, None, {"text": "N.O.T."}, both=True)
    ]
