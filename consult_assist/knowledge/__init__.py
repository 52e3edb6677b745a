"""knowledge/*.toml → KnowledgeBase."""

from consult_assist.knowledge.loader import load_knowledge as load_knowledge
