"""What pages show, as dataclasses ready for templates. Makes no HTML."""
