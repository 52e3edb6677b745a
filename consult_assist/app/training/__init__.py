"""Exercises: made of a saved consultation, done by a trainee, scored, counted for a group."""
