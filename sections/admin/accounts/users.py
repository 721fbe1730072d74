"""Logins of the desk: administrators manage them, give no more rights than theirs, and cannot lock themselves out."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django_otp.plugins.otp_totp.admin import TOTPDeviceAdmin
from django_otp.plugins.otp_totp.models import TOTPDevice

from sections.models import Change
from sections.queries.administrators import gives_management, is_last_administrator

from ..base import SelectedByNumber
from ..saving.refusals import RefusableForms

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(TOTPDevice)

LAST = gettext_lazy(
    "This is the only login that can manage logins. Give another login the role of an administrator first; otherwise "
    "nobody could create, unlock or change a login."
)
LONGEST_PASSWORD = 4096  # characters
WORDS = [
    ("is_active", gettext_lazy("Active"), gettext_lazy("A login that is not active cannot log in; its changes stay.")),
    (
        "is_staff",
        gettext_lazy("May use the desk"),
        gettext_lazy("Ticked automatically when you give the login a role."),
    ),
    ("groups", gettext_lazy("Role"), ""),
]
ROLES = {
    "editors": pgettext_lazy("role", "editor"),
    "reviewers": pgettext_lazy("role", "reviewer"),
    "administrators": pgettext_lazy("role", "administrator"),
}


def role_name(group: Group) -> str:
    """What a role is called; a group of the site's own by its name."""
    return str(ROLES.get(group.name, group.name))


class BoundedPasswords:
    """Mixin of a form: passwords have a largest length, in the browser and at the server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.PasswordInput):
                field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))
                field.widget.attrs["maxlength"] = LONGEST_PASSWORD


class NewLoginForm(BoundedPasswords, UserCreationForm):
    """A login with its role, without which nobody can do anything at the desk."""

    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Role"),
        queryset=Group.objects.order_by("pk"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one role.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].label_from_instance = role_name

    def save(self, commit: bool = True) -> User:
        """The login, which may use the desk."""
        self.instance.is_staff = True
        return super().save(commit)


class NewPasswordButton(ReadOnlyPasswordHashWidget):
    """The way to a new password, without how the present one is stored."""

    def get_context(self, *args: Any) -> dict[str, Any]:
        return super().get_context(*args) | {"summary": []}


class LoginForm(UserChangeForm):
    """A login as it is; refuses to take the last one that can manage logins out of use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, help_text in WORDS:
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text
        if "groups" in self.fields:
            self.fields["groups"].label_from_instance = role_name
        self.fields["password"].widget = NewPasswordButton()

    def clean(self) -> dict[str, Any]:
        """Whoever is given a role may use the desk, unless the same form says otherwise."""
        given = super().clean()
        if given.get("groups") and "groups" in self.changed_data and "is_staff" not in self.changed_data:
            given["is_staff"] = True
        if self.instance.pk and not self._can_manage(given) and is_last_administrator([self.instance.pk]):
            fields = ("is_active", "is_staff", "groups", "is_superuser", "user_permissions")
            changed = [name for name in fields if name in self.changed_data]
            self.add_error(changed[0] if changed else None, str(LAST))
        return given

    def _can_manage(self, given):
        def value(name):
            return given[name] if name in given else getattr(self.instance, name)

        if not (value("is_active") and value("is_staff")):
            return False
        groups = given["groups"] if "groups" in given else self.instance.groups.all()
        rights = given["user_permissions"] if "user_permissions" in given else self.instance.user_permissions.all()
        return value("is_superuser") or gives_management(groups, rights)


class NewPasswordForm(BoundedPasswords, AdminPasswordChangeForm):
    """Sets a password; the last administrator keeps one."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("set_usable_password", True) and is_last_administrator([self.user.pk]):
            self.add_error("usable_password", str(LAST))
        return given


@admin.register(User)
class EditorAdmin(RefusableForms, SelectedByNumber, UserAdmin):
    """Logins; only superusers see superusers and can make one, and everybody else gives rights by group only."""

    form, add_form, change_password_form = LoginForm, NewLoginForm, NewPasswordForm
    list_display = ["username", "full_name", "email", "group_names", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["user_permissions"]
    delete_confirmation_template = "admin/sections/login_delete.html"
    delete_selected_confirmation_template = "admin/sections/logins_delete.html"
    change_list_template = "admin/sections/login_list.html"

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=gettext_lazy("roles"))
    def group_names(self, user: User) -> str:
        return ", ".join(role_name(group) for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request).prefetch_related("groups")
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list[tuple[str | None, dict[str, Any]]]:
        names = ["first_name", "last_name", "email"]
        if obj is None:
            return [(None, {"fields": ["username", *names, "groups", "password1", "password2"]})]
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights += ["is_superuser", "user_permissions"]
        return [
            (None, {"fields": ["username", "password", *names]}),
            (gettext("What the login may do"), {"fields": rights}),
            (gettext("Dates"), {"fields": ["last_login", "date_joined"]}),
        ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field; the few roles as boxes to tick."""
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Says, besides what Django says, that the login can be used now."""
        roles = ", ".join(role_name(group) for group in obj.groups.all())
        words = gettext("“%(name)s” can log in at /admin/ now. Role: %(roles)s. Give the person the password yourself.")
        messages.info(request, words % {"name": obj.get_username(), "roles": roles})
        return super().response_add(request, obj, post_url_continue)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """What a deletion takes with it; the reason instead where nobody could manage logins afterwards."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if is_last_administrator([user.pk for user in objs]):
            protected = [*protected, str(LAST)]
        return deleted, counts, lacking, protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Asks before it deletes, and says what stays."""
        user = self.get_object(request, object_id)
        stays = {"changes_count": Change.objects.filter(user=user).count() if user else 0}
        return super().delete_view(request, object_id, {**(extra_context or {}), **stays})

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Deletes several logins, never all that can manage logins."""
        with transaction.atomic():
            if is_last_administrator(queryset.values_list("pk", flat=True)):
                raise PermissionDenied(str(LAST))
            super().delete_queryset(request, queryset)


@admin.register(TOTPDevice)
class SecondStepAdmin(SelectedByNumber, TOTPDeviceAdmin):
    """The apps for the second step. Deleting one lets its owner set up another at the next log-in."""

    list_display = ["user", "created_at", "last_used_at", "confirmed"]
    list_filter = ["confirmed"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TOTPDevice | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: TOTPDevice | None = None) -> list:
        return [(None, {"fields": ["user", "confirmed", "created_at", "last_used_at"]})]
