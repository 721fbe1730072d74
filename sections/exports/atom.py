"""A feed as RFC 4287 wants it: what is text says that it is text, and everything has an address that never changes.

Django's own Atom1Feed calls every summary HTML, so that "<May>" in a text vanishes in readers.
"""

from datetime import datetime

from django.utils.feedgenerator import Atom1Feed, rfc3339_date


class TextFeed(Atom1Feed):
    """Django's feed with plain texts, a generator, and the address of the page before it."""

    def add_root_elements(self, handler: object) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", self.feed["generator"], {"version": self.feed["version"]})
        if older := self.feed.get("older"):
            handler.addQuickElement("link", "", {"rel": "next", "href": older})

    def latest_post_date(self) -> datetime:
        """When the newest entry was made; of an empty feed, when its content was loaded."""
        return super().latest_post_date() if self.items else self.feed["content_date"]

    def add_item_elements(self, handler: object, item: dict) -> None:
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", "", {"rel": "alternate", "href": item["link"]})
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        handler.startElement("author", {})
        handler.addQuickElement("name", item["author_name"])
        handler.endElement("author")
        handler.addQuickElement("content", item["description"], {"type": "text"})
