"""A knowledge base with nothing in it, for tests that need little of one: `replace` puts that in."""

from consult_assist.domain.knowledge import KnowledgeBase

NOTHING_KNOWN = KnowledgeBase(
    programmes={}, protocols={}, contacts={}, vocabulary=(), templates={}, digest=""
)
