"""Names of people and places in a text, as the dictionary knows them."""

from collections.abc import Iterator
from typing import Literal

from consult_assist.nlp.tokens import SudachiTokenizer

NounKind = Literal["person", "place"]
_KINDS: dict[str, NounKind] = {"人名": "person", "地名": "place"}
_COMMON = frozenset({"日本"})


class ProperNouns:
    """Finds names by dictionary. For use by one thread at a time."""

    def __init__(self) -> None:
        self._tokenizer = SudachiTokenizer()

    def find(self, text: str) -> Iterator[tuple[int, int, NounKind]]:
        """Yield where names stand; family and given name side by side are one."""
        last: tuple[int, int, NounKind] | None = None
        for token in self._tokenizer.names(text):
            kind = _KINDS.get(token.pos[2]) if token.is_name and token.surface not in _COMMON else None
            if kind is None:
                continue
            if last is not None and last[1] == token.start and last[2] == kind:
                last = (last[0], token.end, kind)
                continue
            if last is not None:
                yield last
            last = (token.start, token.end, kind)
        if last is not None:
            yield last
