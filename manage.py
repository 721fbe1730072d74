#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from reportsite.commands import CommandLine

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")
    try:
        CommandLine(sys.argv).execute()
    except ImproperlyConfigured as fault:
        sys.exit(f"The site is not set up: {fault}")
