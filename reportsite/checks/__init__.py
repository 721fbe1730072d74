"""System checks: what is missing on this machine or in its databases, and how to put it right.

`manage.py check` runs those of the machine, `--database default` also those of a database, `--deploy` also those of a
site on the internet. `make run` runs them all.
"""

from . import machine, migrations, postgresql, replica, responsibility, sqlite
