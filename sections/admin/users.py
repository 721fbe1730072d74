"""The people of the desk: administrators keep them, and nobody can give more than belongs to administrators."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

User = get_user_model()

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Logins; who isn't a superuser neither sees superusers nor can make one, and gives rights by group only."""

    list_display = ["username", "email", "groups_in_words", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]

    @admin.display(description="groups")
    def groups_in_words(self, user):
        """The names of the person's groups."""
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return super().get_fieldsets(request, obj)
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights += ["is_superuser", "user_permissions"]
        return [
            (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
            ("What the person may do", {"fields": rights}),
            ("When", {"fields": ["last_login", "date_joined"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["last_login", "date_joined"]
