"""Find, verify and assemble model weights; only `download` may open a connection."""
