"""The addresses of the desk's own pages, beside those of Django's admin."""

from django.urls import path

from . import spreadsheets
from .accounts import login, preferences
from .entries import restructuring
from .paragraphs import links
from .report import convention
from .review import coverage, desk, samples, suggestions

urlpatterns = [
    path("second-step/", login.second_step, name="second-step"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("review/", desk.review, name="review"),
    path("review/take-back/", desk.take_back, name="review-take-back"),
    path("review/<str:key>/", desk.decide, name="review-decide"),
    path("paragraphs/<int:pk>/", links.paragraph_links, name="paragraph-links"),
    path("paragraphs/<int:pk>/decide/", links.decide_paragraph, name="paragraph-decide"),
    path("paragraphs/<int:pk>/link/", links.link_paragraph, name="paragraph-link"),
    path("paragraphs/<int:pk>/links/<int:link>/", links.change_link, name="paragraph-change-link"),
    path("suggestions/", suggestions.suggestions, name="desk-suggestions"),
    path("suggestions/dismiss/", suggestions.dismiss, name="desk-suggestions-dismiss"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("samples/", samples.samples, name="samples"),
    path("samples/<int:pk>/", samples.sample, name="sample"),
    path("entries/<int:pk>/register/", restructuring.move, name="entry-register"),
    path("entries/<int:pk>/merge/", restructuring.merge_with, name="entry-merge"),
    path("entries/<int:pk>/split/", restructuring.split_off, name="entry-split"),
    path("lists/", spreadsheets.lists, name="lists"),
    path("lists/<int:pk>/", spreadsheets.upload, name="list-upload"),
    path("lists/<int:pk>/confirm/", spreadsheets.confirm, name="list-confirm"),
    path("lists/<str:sheet>.<str:ending>", spreadsheets.download, name="list-download"),
    path("convention-text/", convention.load_text, name="convention-text"),
]
