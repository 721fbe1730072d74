"""House rules about single statements, with samples of what they accept and what they refuse."""

import pytest

from sections.tests.support.code_rules import broken
from sections.tests.support.house import ROOT, tracked_files

NUMBERS = "test digits and convert with whole_number, not with isdigit() and int()"
PARAMETERS = "only views, API, admin and template tags read the parameters of a request"
WRITES = "only editing and the packages that load content write rows"
ANNOTATED = "public functions are fully annotated"

ACCEPTED = {
    "a number read with whole_number": ("sections.views.fruits", "def _f(text):\n    return whole_number(text)\n"),
    "a test for digits without a conversion": ("sections.search.fruits", "def _f(word):\n    return word.isdigit()\n"),
    "a conversion without a test for digits": ("sections.models.fruits", "def _f(row):\n    return int(row[0])\n"),
    "parameters read in a view": ("sections.views.fruits", "def _f(request):\n    return request.GET.get('q')\n"),
    "a dictionary updated": ("sections.queries.fruits", "def _f(row):\n    row.update(name='x')\n"),
    "an annotated function": ("sections.views.fruits", "def fruit(x: int) -> str:\n    return str(x)\n"),
    "a private function without annotations": ("sections.views.fruits", "def _fruit(x):\n    return x\n"),
    "rows written in editing": ("sections.editing.fruits", "def _f():\n    Fruit.objects.filter(pk=1).delete()\n"),
}
REFUSED = {
    "isdigit() and int()": (
        "sections.api.fruits",
        "def _f(x):\n    return int(x) if x.isdigit() else 0\n",
        (2, NUMBERS),
    ),
    "isdecimal() and int()": (
        "sections.admin.fruits",
        "def _f(x):\n    if not x.isdecimal():\n        return None\n    return int(x)\n",
        (2, NUMBERS),
    ),
    "parameters read in a query": (
        "sections.queries.fruits",
        "def _f(request):\n    return request.GET['q']\n",
        (2, PARAMETERS),
    ),
    "rows created in a view": ("sections.views.fruits", "def _f():\n    Fruit.objects.create(name='x')\n", (2, WRITES)),
    "rows updated through a filter": (
        "sections.presenters.fruits",
        "def _f():\n    Fruit.objects.filter(pk=1).exclude(name='').update(name='x')\n",
        (2, WRITES),
    ),
    "an argument without an annotation": (
        "sections.views.fruits",
        "class Fruit:\n    def peel(self, knife) -> None:\n        return None\n",
        (2, ANNOTATED),
    ),
    "a return value without an annotation": (
        "sections.views.fruits",
        "def fruit(x: int):\n    return x\n",
        (1, ANNOTATED),
    ),
    "rows written in bulk": ("sections.queries.fruits", "def _f(rows):\n    create_rows(rows)\n", (2, WRITES)),
}


@pytest.mark.parametrize("sample", ACCEPTED)
def test_it_accepts(sample):
    module, source = ACCEPTED[sample]
    assert broken(source, module) == []


@pytest.mark.parametrize("sample", REFUSED)
def test_it_refuses(sample):
    module, source, breach = REFUSED[sample]
    assert broken(source, module) == [breach]


def test_the_code_keeps_the_rules():
    breaches = []
    for path in tracked_files(".py"):
        place = path.relative_to(ROOT)
        module = ".".join(place.with_suffix("").parts)
        if module.startswith(("sections.", "reportsite.")) and not module.startswith("sections.tests."):
            breaches += [f"{place}:{line}: {rule}" for line, rule in broken(path.read_text(encoding="utf-8"), module)]
    assert breaches == []
