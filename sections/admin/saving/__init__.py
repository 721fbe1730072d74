"""What happens between a save and its answer: checks, conflicts, previews; nothing that was typed is lost."""
