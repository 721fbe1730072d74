"""The report and what belongs to it: facts, captions, figures, documents, the thesaurus, error reports."""
