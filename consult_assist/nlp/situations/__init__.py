"""Text → the situations of the knowledge that it tells of."""
