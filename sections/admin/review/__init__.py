"""Deciding on links: the review desk, lists of links, coverage, samples, suggestions."""
