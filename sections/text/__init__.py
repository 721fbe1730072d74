"""Text as characters: letters compared, sentences, snippets, number ranges, differences, a three-way merge. Pure."""
