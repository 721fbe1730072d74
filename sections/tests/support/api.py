"""The API as a test asks it."""

from django.test import Client

BASE = "http://testserver"


def answer(path, status=200):
    """The JSON at an address below /api/v1/."""
    response = Client().get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return response.json()
