"""What a constraint of the database means for the person whose form breaks it, at the fields that it concerns."""

import re

from django import forms
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import Error
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import BaseConstraint, CheckConstraint, F, Field, Model
from django.utils.translation import gettext as _

RANGES = BaseDatabaseOperations.integer_field_ranges  # those of PostgreSQL; SQLite has none
LONGEST_DATE = 30  # characters
# How the two databases name the columns of a unique constraint in their messages.
COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<sqlite>[\w., ]+)|Key \((?P<postgresql>[\w, ]+)\)=")
DANGLING = re.compile(r"foreign key constraint", re.IGNORECASE)


class ConstraintsAtFields:
    """Mixin of a ModelForm: every constraint is checked, also one on columns that the form does not show.

    Django leaves out a constraint of which the form lacks a field, and puts the message of others above the form. Here
    it stands at the last field of the constraint that the form shows.
    """

    settled_by_saving: tuple[str, ...] = ()  # constraints that hold once the record is saved, whatever is given here

    def _post_clean(self) -> None:
        self.instance.validate_constraints = lambda exclude: None  # Django's own check, which is done below
        super()._post_clean()
        del self.instance.validate_constraints
        without = self._unjudged()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if constraint.name in self.settled_by_saving:
                    continue
                try:
                    constraint.validate(model, self.instance, exclude=without)
                except ValidationError:
                    self._add_at_field(constraint)

    def validate_unique(self) -> None:
        """Adds the errors of unique fields, also of those that the form does not show."""
        try:
            self.instance.validate_unique(exclude=self._unjudged())
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, errors)

    def _unjudged(self):
        """The fields by which no constraint can be judged: those with an error, and those that are yet to be given.

        A new row has only the default of a field that the form does not show, such as the position of a note.
        """
        fields, is_new = self.instance._meta.fields, self.instance._state.adding
        unset = {field.name for field in fields if is_new and field.name not in self.fields and field.has_default()}
        return unset | {field.name for field in fields if field.name in self._errors}

    def _add_at_field(self, constraint):
        names = fields_of(self.instance, constraint)
        shown = [name for name in names if name in self.fields and not self.fields[name].widget.is_hidden]
        own = [name for name in shown if not isinstance(self.fields[name], forms.models.InlineForeignKeyField)]
        place = (own or [None])[-1]
        if place is None or not self.has_error(place):
            self.add_error(place, constraint_words(self.instance, constraint))


def checked(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The class of the same form, which checks every constraint of its model."""
    if issubclass(form, ConstraintsAtFields):
        return form
    return type(form)(form.__name__, (ConstraintsAtFields, form), {"__module__": form.__module__})


def within_range(field: forms.Field | None, db_field: Field) -> forms.Field | None:
    """The form field of a column; numbers beyond the range of the column are refused with any database.

    The browser takes no date that is longer than any way of writing one.
    """
    if isinstance(field, forms.DateField):
        field.widget.attrs["maxlength"] = LONGEST_DATE
    if isinstance(field, forms.IntegerField) and db_field.get_internal_type() in RANGES:
        least, most = RANGES[db_field.get_internal_type()]
        field.validators = [*field.validators, MinValueValidator(least), MaxValueValidator(most)]
    return field


def fields_of(record: Model, constraint: BaseConstraint) -> list[str]:
    """The names of the fields that a constraint concerns; those of a unique constraint in its order."""
    names = list(getattr(constraint, "fields", ()))
    for expression in getattr(constraint, "expressions", ()):
        names += [part.name for part in expression.flatten() if isinstance(part, F)]
    if isinstance(constraint, CheckConstraint):
        referenced = constraint.condition.referenced_base_fields
        names = [field.name for field in record._meta.fields if field.name in referenced]
    return names


def constraint_words(record: Model, constraint: BaseConstraint) -> str:
    """What somebody has to change who breaks the constraint."""
    names = fields_of(record, constraint)
    labels = ", ".join(str(record._meta.get_field(name).verbose_name) for name in names)
    if not isinstance(constraint, CheckConstraint):
        return _taken(labels)
    if len(names) > 1:
        return _("These values do not fit together: %(fields)s. Change one of them.") % {"fields": labels}
    return _("This value cannot be stored: %(fields)s. Enter another one.") % {"fields": labels}


def words_of(error: Error | ObjectDoesNotExist) -> str:
    """What somebody can do whose save failed with this error, because of what others saved or deleted meanwhile."""
    text = str(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name in text:
                return constraint_words(model(), constraint)
    if isinstance(error, ObjectDoesNotExist) or DANGLING.search(text):
        return _("A record that you chose was deleted meanwhile. Choose another one, then save again.")
    if match := COLUMNS.search(text):
        columns = re.split(r",\s*", match["sqlite"] or match["postgresql"])
        return _taken(", ".join(column.rpartition(".")[2].removesuffix("_id").replace("_", " ") for column in columns))
    return _("The database cannot store one of these values. Check them, then save again.")


def _taken(labels):
    return _("Another record has the same values already: %(fields)s. Change one of them.") % {"fields": labels}
