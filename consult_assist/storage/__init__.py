"""events ↔ database."""
