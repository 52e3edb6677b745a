"""Saved consultations: found, read, corrected, reviewed, heard again, counted."""
