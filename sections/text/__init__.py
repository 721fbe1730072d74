"""Text as characters: letters compared, sentences, snippets, number ranges, differences. Pure."""
