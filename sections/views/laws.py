"""The register of laws and the page of a law."""

from .entries import REGISTERS, entry_page, register_page

REGISTER = REGISTERS["law"]


def laws(request):
    """The register of laws."""
    return register_page(request, REGISTER)


def law(request, slug):
    """The page of one law."""
    return entry_page(request, REGISTER, slug)
