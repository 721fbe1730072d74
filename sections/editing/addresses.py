"""Keeps the addresses of entries that have none of their own any more: people have cited them."""

from sections.models import Entry, FormerAddress


def keep_address(left: Entry, entry: Entry) -> None:
    """Lets the address of the entry `left`, as its object still has it, and all that led there lead to `entry`."""
    for former in FormerAddress.objects.filter(entry=left.pk):
        former.entry = entry
        former.save()
    former = FormerAddress.objects.filter(type=left.type, slug=left.slug).first()
    former = former or FormerAddress(type=left.type, slug=left.slug)
    former.entry = entry
    former.save()
