"""A passage of talk → the facts that it states."""
