"""What follows when names of an entry are saved: links, search, and what the editor must have seen of both."""

from django.http import HttpRequest

from sections.editing.former_names import keep_former_name, reject_places
from sections.editing.relink import apply_plans, names_of, plans_after, refuse_clashes, settle_new_names
from sections.editing.unlinked import links_of_names, new_names
from sections.models import Entry
from sections.text.fold import fold

from ..saving.previews import WITHOUT, has_seen, show_first
from .link_preview import effects, excluded_mentions
from .name_effects import NameWarning, name_warnings, search_effects


def save_names(request: HttpRequest, entry: Entry, former: str, is_new: bool) -> list[NameWarning]:
    """Brings links and search in line with the names of an entry that were just stored; returns what to warn of.

    A `former` name is kept among the other names. Places that the post excludes are stored as rejected. Raises
    NameClash, and NotSeen unless the post says that the editor has seen what this does.
    """
    if former:
        keep_former_name(entry, former)
    now = names_of()
    refuse_clashes([entry.pk], now)
    before, after = request.names_before, now.of([entry.pk])
    settle_new_names(before, [entry.pk])
    plans = plans_after(before, [entry.pk], now=now)
    groups = effects(plans, entry)
    apply_plans(plans)
    names = new_names(before, after)
    decisive = (groups, sorted(name.text for name in before.everywhere ^ after.everywhere))
    seen = has_seen(request, decisive)
    if seen:  # names that made a link need no warning
        made = {fold(mention.surface) for plan in plans for mention in (*plan.add, *plan.change)}
        names = [(report, name) for report, name in names if fold(name.text) not in made]
    warnings = name_warnings(links_of_names(names, plans))
    if not seen:
        searches = search_effects(before, after, entry)
        if groups or warnings or searches:
            shown = {"effects": groups, "warnings": warnings, "searches": searches}
            show_first(entry, decisive, name=entry.name, is_new=is_new, **shown)
    reject_places(excluded_mentions(entry, request.POST.getlist(WITHOUT)))
    return warnings
