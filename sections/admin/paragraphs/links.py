"""The desk's page of a paragraph: its text with its links, decisions on all of them, and links made by hand."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sections.editing.paragraph_links import WordsTaken, decide_all, link_words, move_link
from sections.editing.review import Outdated, state_of
from sections.markup import Link, marked
from sections.models import Block, Mention, Paragraph, Review
from sections.queries.paragraph_links import article_links_of, blocks_of, mentions_of, neighbours
from sections.queries.review_queue import key_of

from ..pages import desk_page, desk_view
from ..saving.refusals import Refused, refusals
from .forms import DecisionsForm, WordsForm, entry_choices, occurrence

REVIEW, LINK = "sections.review_links", "sections.add_mention"
METHODS = ["GET", "HEAD", "POST"]


@desk_view(REVIEW)
@require_safe
def paragraph_links(request: HttpRequest, pk: int) -> HttpResponse:
    """The paragraph; `?propose=confirmed` chooses a decision for all unreviewed links, and saves nothing."""
    paragraph = _paragraph(pk)
    proposed = Review.CONFIRMED if request.GET.get("propose") == Review.CONFIRMED else ""
    initial = {name: request.GET.get(name, "")[:400] for name in ("words", "entry")}
    return _page(request, paragraph, WordsForm(blocks_of(paragraph), initial=initial), proposed=proposed)


@desk_view(REVIEW)
@require_POST
def decide_paragraph(request: HttpRequest, pk: int) -> HttpResponse:
    """Stores the decisions on the links of the paragraph as one change."""
    paragraph = _paragraph(pk)
    form = DecisionsForm(_links(paragraph), request.POST)
    if "enter" in request.POST:
        form.is_valid()
        form.add_error(None, _("Nothing is saved yet. Press “Save the decisions” when you have chosen."))
        return _page(request, paragraph, decisions=form, status=422)
    count = 0

    def decide(given: dict) -> None:
        nonlocal count
        decisions = form.decisions()
        count = len(decisions)
        if decisions:
            decide_all(decisions, given["reason"], request.user)

    if status := _refused(form, decide):
        return _page(request, paragraph, decisions=form, status=status)
    none = _("You changed no decision, so nothing was saved.")
    words = ngettext("%(count)s decision was saved.", "%(count)s decisions were saved.", count)
    messages.success(request, words % {"count": count}) if count else messages.info(request, none)
    return redirect("paragraph-links", pk)


@desk_view(REVIEW)
@permission_required(LINK, raise_exception=True)
@require_POST
def link_paragraph(request: HttpRequest, pk: int) -> HttpResponse:
    """Links words of the paragraph to an entry."""
    paragraph = _paragraph(pk)
    form = WordsForm(blocks_of(paragraph), request.POST)

    def link(given: dict) -> None:
        link_words(given["block"], given["span"], given["entry"], given["reason"], request.user)

    if status := _refused(form, link):
        return _page(request, paragraph, form, status=status)
    words = {"words": form.cleaned_data["words"], "entry": form.cleaned_data["entry"]}
    messages.success(request, _("“%(words)s” is linked to %(entry)s.") % words)
    return redirect("paragraph-links", pk)


@desk_view(REVIEW)
@permission_required(LINK, raise_exception=True)
@require_http_methods(METHODS)
def change_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """One link of the paragraph: other words, another entry, or no link."""
    paragraph = _paragraph(pk)
    mention = get_object_or_404(mentions_of(paragraph), pk=link)
    blocks = [mention.block]
    which = occurrence(blocks, mention.block, mention.surface, mention.start)
    place = f"{mention.block_id}-{mention.start}-{mention.end}"
    initial = {"words": mention.surface, "which": which, "place": place, "entry": _entry_words(mention)}
    form = WordsForm(blocks, request.POST if request.method == "POST" else None, initial=initial)
    seen = request.POST.get("seen", "") or state_of(mention)
    status = 200
    if request.method == "POST":

        def change(given: dict) -> None:
            if "unlink" in request.POST:
                decide_all([(mention, seen, Review.REJECTED)], given["reason"], request.user)
            else:
                move_link(mention, seen, given["span"], given["entry"], given["reason"], request.user)

        status = _refused(form, change)
        if not status:
            messages.success(request, _("The link was changed."))
            return redirect(f"{reverse('paragraph-links', args=[pk])}#link-{key_of(mention)}")
    return _frame(
        request,
        "admin/sections/paragraph_link.html",
        paragraph,
        status=status or 200,
        title=_("Change a link"),
        link=mention,
        texts=_texts(blocks, [mention]),
        words=form,
        seen=seen,
        choices=entry_choices(),
    )


def neighbours_of(paragraph: Paragraph) -> dict[str, Paragraph | None]:
    """The paragraph for the template of its ways, with those before and after it."""
    before, after = neighbours(paragraph)
    return {"paragraph": paragraph, "before": before, "after": after}


def text_with_links(paragraph: Paragraph) -> str:
    """The text of the paragraph, in which its links lead to their rows on the page of its links."""
    blocks = blocks_of(paragraph)
    shown = [row for row in mentions_of(paragraph) if row.is_shown and not row.longer]
    return render_to_string(
        "admin/sections/paragraph_blocks.html",
        {"texts": _texts(blocks, shown, reverse("paragraph-links", args=[paragraph.pk])), "paragraph": paragraph},
    )


def _refused(form, write: Callable[[dict], None]) -> int:
    """Writes what a form says; the status of the page that shows the form again where that is refused, else 0."""
    if not form.is_valid():
        return 422
    try:
        with refusals():
            write(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.words)
        return refused.status
    except Outdated as outdated:
        form.add_error(None, str(outdated))
        return 409
    except WordsTaken as taken:
        form.add_error("words", str(taken))
        return 422
    return 0


def _page(request, paragraph, words=None, decisions=None, proposed="", status=200):
    blocks, links = blocks_of(paragraph), _links(paragraph)
    mentions = [link for link in links if isinstance(link, Mention)]
    return _frame(
        request,
        "admin/sections/paragraph_text.html",
        paragraph,
        status=status,
        title=_("Paragraph %(number)s: links in the text") % {"number": paragraph.number},
        texts=_texts(blocks, [row for row in mentions if row.is_shown and not row.longer]),
        words=words or WordsForm(blocks),
        decisions=decisions or DecisionsForm(links, proposed=proposed),
        proposed=proposed,
        unreviewed=sum(link.review == Review.UNREVIEWED for link in links),
        first_of=_first_of(links),
        choices=entry_choices(),
        may_link=request.user.has_perm(LINK),
    )


def _frame(request, template, paragraph, status, **context):
    shared = {"opts": Paragraph._meta, "original": paragraph, **neighbours_of(paragraph)}
    return desk_page(request, template, status, **shared, **context)


def _paragraph(pk):
    return get_object_or_404(Paragraph.objects.select_related("report", "section"), pk=pk)


def _links(paragraph):
    return [*mentions_of(paragraph), *article_links_of(paragraph)]


def _texts(blocks: list[Block], mentions: list[Mention], page: str = ""):
    """Each block with its text as HTML, in which the links lead to their rows on the page, here if none is given."""
    return [
        (block, marked(block.text, [_anchor(mention, page) for mention in mentions if mention.block_id == block.pk]))
        for block in blocks
    ]


def _anchor(mention, page):
    address, css = f"{page}#link-{key_of(mention)}", f"desk-link {mention.review}"
    return Link(mention.start, mention.end, address, css, str(mention.entry))


def _first_of(links):
    """The links at which a public page arrives that knows only the entry or the article: the first of each."""
    first = {}
    for link in links:
        target = f"entry-{link.entry_id}" if isinstance(link, Mention) else f"article-{link.article.number}"
        first.setdefault(target, key_of(link))
    return {key: target for target, key in first.items()}


def _entry_words(mention):
    return f"{mention.entry.name} ({mention.entry.type})"
