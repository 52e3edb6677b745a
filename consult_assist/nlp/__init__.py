"""Utterance → Term, Fact."""
