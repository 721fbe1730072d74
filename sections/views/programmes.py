"""The register of programmes and the page of a programme."""

from .entries import REGISTERS, entry_page, register_page

REGISTER = REGISTERS["programme"]


def programmes(request):
    """The register of programmes."""
    return register_page(request, REGISTER)


def programme(request, slug):
    """The page of one programme."""
    return entry_page(request, REGISTER, slug)
