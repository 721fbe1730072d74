"""What an editor's act does to the records, each act one transaction. Knows nothing of requests."""
