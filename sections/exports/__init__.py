"""The content in the formats that leave the site."""
