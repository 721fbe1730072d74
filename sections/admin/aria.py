"""What lets forms be used without seeing them: a name for each field that stands in a row without a label."""

from django.utils.text import capfirst


class LabelledRows:
    """For groups of rows: every field is named by its column."""

    def get_formset(self, request, obj=None, **kwargs):
        """The formset's class, whose fields carry their names."""
        made = super().get_formset(request, obj, **kwargs)

        class Labelled(made):
            def add_fields(self, form, index):
                super().add_fields(form, index)
                for name, field in form.fields.items():
                    widget = getattr(field.widget, "widget", field.widget)
                    if not widget.is_hidden:
                        label = "Delete this row" if name == "DELETE" else field.label or name.replace("_", " ")
                        widget.attrs.setdefault("aria-label", capfirst(label))

        return Labelled
