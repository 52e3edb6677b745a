"""Names of people and places in a text, as the dictionary knows them."""

from consult_assist.nlp.tokens import SudachiTokenizer

_LABELS = {"人名": "氏名", "地名": "地名"}
_COMMON = frozenset({"日本"})


def find_proper_nouns(text: str) -> list[tuple[int, int, str]]:
    """Return where names stand, each as 氏名 or 地名; family and given name side by side are one."""
    found: list[tuple[int, int, str]] = []
    for token in SudachiTokenizer().names(text):
        label = _LABELS.get(token.pos[2]) if token.is_name and token.surface not in _COMMON else None
        if label is not None:
            goes_on = bool(found) and found[-1][1:] == (token.start, label)
            start = found.pop()[0] if goes_on else token.start
            found.append((start, token.end, label))
    return found
