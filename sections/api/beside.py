"""What the API says of a paragraph, at the address beside its page."""

from django.http import QueryDict
from django.views.decorators.http import require_safe

from .views import ParagraphViewSet

_paragraph = ParagraphViewSet.as_view({"get": "retrieve"})


@require_safe
def paragraph_json(request, symbol, number):
    """The paragraph as the API gives it; 404 as JSON when there is none."""
    asked = QueryDict(mutable=True)
    asked["report"] = symbol.upper()
    request.GET = asked
    return _paragraph(request, number=number)
