"""Running the site: backup, restore, and the digests that prove a copy complete."""
