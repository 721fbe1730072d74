"""Makes the site read-only, ends that, or says which it is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sections.models import ReadOnlySwitch
from sections.ops.read_only import read_only, switch_off, switch_on


class Command(BaseCommand):
    help = (
        "Make the site read-only, at once and on all servers: readers notice nothing, editors read why they cannot "
        "save, and commands that write refuse. “off” ends it. Without “on” or “off”, say which it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", nargs="?", choices=["on", "off"], help="Left out: only say which it is.")
        parser.add_argument("--reason", default="", help="A sentence for editors, such as: Back at 14:00 UTC.")

    def handle(self, *, state: str | None, reason: str, **options: Any) -> None:
        longest = ReadOnlySwitch._meta.get_field("reason").max_length
        if len(reason) > longest:
            raise CommandError(f"The reason has {len(reason)} characters. At most {longest} are stored.")
        if state == "on":
            switch_on(reason)
        elif state == "off":
            switch_off()
        now = read_only()
        if now is None:
            self.stdout.write("The site can be edited.")
        elif now.by_environment:
            self.stdout.write("READ_ONLY=1 is set for this command. Servers without it follow this command’s switch.")
        else:
            self.stdout.write(now.words)
