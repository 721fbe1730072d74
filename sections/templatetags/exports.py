"""What templates show of passages, which are made for files."""

from django import template

from sections.exports.passages import table_of

register = template.Library()
register.filter("table_lines", table_of)
