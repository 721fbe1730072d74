"""Logins of the desk: administrators manage them, and give no more rights than administrators have."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from .refusals import RefusableForms

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class EditorAdmin(RefusableForms, UserAdmin):
    """Logins; only superusers see superusers and can make one, and everybody else gives rights by group only."""

    list_display = ["username", "email", "group_names", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description="groups")
    def group_names(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request).prefetch_related("groups")
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list[tuple[str | None, dict[str, Any]]]:
        if obj is None:
            return super().get_fieldsets(request, obj)
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights += ["is_superuser", "user_permissions"]
        return [
            (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
            ("Permissions", {"fields": rights}),
            ("Dates", {"fields": ["last_login", "date_joined"]}),
        ]
