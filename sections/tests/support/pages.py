"""Reads an HTML page the way the tests speak of it: headings, links, words."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

INLINE = {"a", "abbr", "code", "em", "mark", "span", "strong", "sup", "title", "h1"}
VOID = {"meta", "link", "br", "input", "rect", "path", "img", "hr", "source", "wbr"}

SPACE = re.compile(r"[ \t\n\r]+")  # a no-break space stays


class Page(HTMLParser):
    """A page: its tags as (name, attributes) in order, its words, and the words of each h1."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.text, self.h1, self.title = [], [], [], [], ""
        self._tree = ElementTree.TreeBuilder()
        self._tree.start("page", {})
        self.feed(html)
        self.close()
        assert self.open == [], f"not closed: {self.open}"
        self._tree.end("page")
        self.tree = self._tree.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in INLINE:
            self.text.append(" ")
        if tag == "h1":
            self.h1.append("")
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self._tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        self._tree.end(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> in {self.open}"
        self.open.pop()
        self._tree.end(tag)
        if tag == "h1":
            self.h1[-1] = SPACE.sub(" ", self.h1[-1]).strip(" ")

    def handle_data(self, data):
        self._tree.data(data)
        self.text.append(data)
        if "h1" in self.open:
            self.h1[-1] += data
        if self.open[-1:] == ["title"]:
            self.title += data

    @property
    def words(self):
        """All words, with single spaces."""
        return " ".join("".join(self.text).split())

    def links(self, **wanted):
        """The addresses of the links whose attributes are as wanted."""
        found = [attrs for tag, attrs in self.tags if tag == "a" and "href" in attrs]
        return [attrs["href"] for attrs in found if all(attrs.get(key) == value for key, value in wanted.items())]

    def find(self, path):
        """The elements at a path of ElementTree's, such as ".//nav[@class='facets']//li"."""
        return self.tree.findall(path)

    def ids(self):
        """Every id on the page."""
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]


def words(element):
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def read(response):
    """The page of a response."""
    return Page(response.content.decode())
