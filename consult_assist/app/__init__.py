"""Puts the stages together; no user interface."""
