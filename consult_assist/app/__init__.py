"""Puts the stages together, a package for each subject; no user interface."""
