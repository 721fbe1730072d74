"""Kills a process in the midst of an act, many times, and looks at what is left.

Run it with `python -m sections.tests.support.killing`.

A nursery, which has everything loaded, makes a database, and for every kill a fresh copy of it. It then forks a child
that performs one act, kills it with SIGKILL at a random moment, opens the database anew and compares all of it, search
index and history included, with the states before and after the act. The last line is the outcome as JSON.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sections.tests.support.killing_settings")
django.setup()

from django.db import connection  # noqa: E402

from sections.ops.digests import digest_rows  # noqa: E402

from . import killing_acts as acts  # noqa: E402
from .killing_copies import copies  # noqa: E402

OUTSIDE = ("django_session", "axes_", "django_migrations", "sqlite_", "sections_contentversion")
VOLATILE = {"when", "history_date", "action_time", "seq", "links_seq", "last_login", "date_joined", "handled"}


def state():
    """The digest of every table, without the columns that differ each time."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(OUTSIDE):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept = [place for place, column in enumerate(cursor.description) if column[0] not in VOLATILE]
            found[table] = digest_rows([row[place] for place in kept] for row in cursor.fetchall())
    connection.close()
    return found


def perform(act):
    """Runs the act in a child; returns its pid."""
    connection.close()
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        with open(os.devnull, "w") as nowhere:
            sys.stdout = nowhere
            act()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def measured(copy, act):
    """The state after the whole act, and how long it took."""
    copy.fresh()
    start = time.monotonic()
    _, status = os.waitpid(perform(act), 0)
    took = time.monotonic() - start
    if status:
        sys.exit("The act itself failed; the lines above say why.")
    found = state()
    acts.must_be_in_step()
    return found, took


def killed(copy, act, moment):
    """The state that a kill at that moment leaves, and whether the child was still at work."""
    copy.fresh()
    child = perform(act)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    copy.settle()
    return state(), os.WIFSIGNALED(status)


def main():
    """Kills so many times, each time in an act chosen at random, and prints the outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--content", choices=["made-up", "whole"], default="whole")
    parser.add_argument("--folder", type=Path, required=True, help="An empty folder for the databases.")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    outcome, torn = Counter(), []
    with copies(given.folder) as copy:
        wanted = acts.prepare(given.content, given.folder)
        copy.keep()
        before = state()
        known = {}
        for name in chance.choices(list(wanted), k=given.kills):
            if name not in known:
                known[name] = measured(copy, wanted[name])
                if known[name][0] == before:
                    sys.exit(f"The act {name} changes nothing.")
            after, took = known[name]
            moment = 1.1 * took * chance.betavariate(2, 1)  # rather late than early: most acts are stored at their end
            found, at_work = killed(copy, wanted[name], moment)
            what = "before" if found == before else "after" if found == after else "torn"
            outcome[name, what, at_work] += 1
            if not at_work:  # it was over sooner than measured: the machine was busier then
                known[name] = after, min(took, moment)
            if what == "torn":
                differing = [table for table in found if found[table] not in (before.get(table), after.get(table))]
                torn.append({"act": name, "moment": round(moment, 4), "tables": differing})
    told = {
        "kills": given.kills,
        "at work": sum(count for (_, _, at_work), count in outcome.items() if at_work),
        "seed": seed,
        "database": connection.vendor,
        "torn": torn,
        "acts": {
            name: {
                "seconds": round(known[name][1], 2),
                **{what: sum(outcome[name, what, each] for each in (True, False)) for what in ("before", "after")},
            }
            for name in sorted(known)
        },
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
