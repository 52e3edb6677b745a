"""Tokens → clauses and content words, each with its polarity."""
