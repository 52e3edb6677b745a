"""Find, verify and assemble model weights."""
