"""How many cached pages a second one process serves, beside whitenoise serving files of the same bytes.

Whitenoise is measured where the site uses it, behind Django's request machinery, and alone. All servers are gunicorn
as `make run` starts it, on one processor, the load on another. `python bench/warm_pages.py`
"""

import argparse
import sys
import urllib.request
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path
from statistics import median

from support import site
from support.load_client import HOST, load
from support.servers import gunicorn, on_processor, serving

PAGES = {
    "paragraph": "/CMW/C/MEX/3/paragraphs/103/",
    "reply": "/CMW/C/MEX/3/replies/14/",
    "whole report": "/CMW/C/MEX/3/full/",
    "entry": "/institutions/national-institute-for-migration/",
    "API": "/api/v1/paragraphs/103/",
    "search": "/search/?q=migration",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="Rounds; the median of their ratios counts (5).")
    parser.add_argument("--seconds", type=float, default=1.0, help="How long each burst takes (1).")
    parser.add_argument("--connections", type=int, default=8, help="Connections at once (8).")
    options = parser.parse_args()
    with ExitStack() as open_:
        files = Path(open_.enter_context(site.site())) / "static" / "pages"
        files.mkdir(parents=True)
        with on_processor(-1):
            with serving(gunicorn("reportsite.wsgi"), "/healthz") as port:
                for name, path in PAGES.items():
                    (files / f"{name}.html").write_bytes(warm(port, path))
            ours = open_.enter_context(serving(gunicorn("reportsite.wsgi"), "/healthz"))
            command = gunicorn("bench.support.files_only")
            alone = open_.enter_context(serving(command, "/API.html", {"FILES": str(files)}))
        print(f"{'pages a second':16}{'page cache':>12}{'in the site':>14}{'ratio':>8}{'alone':>12}{'ratio':>8}")
        with on_processor(0):
            for name, path in PAGES.items():
                file = f"{name}.html".replace(" ", "%20")
                targets = [(ours, path), (ours, f"/static/pages/{file}"), (alone, f"/{file}")]
                warm(*targets[0])
                rounds = [one_round(number, targets, options) for number in range(options.rounds)]
                rates = [median(column) for column in zip(*rounds, strict=True)]
                ratios = [median(rates[0] / rates[at] for rates in rounds) for at in (1, 2)]
                print(
                    f"{name:16}{rates[0]:12.0f}{rates[1]:14.0f}{ratios[0]:7.2f}x{rates[2]:12.0f}{ratios[1]:7.2f}x",
                    flush=True,
                )


def warm(port, path):
    """The page, which is in the cache afterwards."""
    with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=30) as answer:
        return answer.read()


def one_round(number, targets, options):
    """Pages a second of each target; which is asked first changes from round to round."""
    rates = {}
    for port, path in targets if number % 2 == 0 else targets[::-1]:
        burst = load(port, repeat(path), options.seconds, options.connections)
        if set(burst.statuses) != {200}:
            sys.exit(f"{path} answered {dict(burst.statuses)}; only pages can be compared.")
        rates[port, path] = burst.rate
    return [rates[target] for target in targets]


if __name__ == "__main__":
    main()
