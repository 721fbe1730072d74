"""The register of institutions and the page of an institution."""

from .entries import REGISTERS, entry_page, register_page

REGISTER = REGISTERS["institution"]


def institutions(request):
    """The register of institutions."""
    return register_page(request, REGISTER)


def institution(request, slug):
    """The page of one institution."""
    return entry_page(request, REGISTER, slug)
