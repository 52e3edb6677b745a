"""knowledge/*.toml → KnowledgeBase."""
