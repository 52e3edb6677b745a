"""Words that were searched for, marked where they stand."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from consult_assist.domain.archive import FoundText
from consult_assist.domain.knowledge import Template
from consult_assist.japanese.folding import fold
from consult_assist.tui.presentation.cells import clip
from consult_assist.tui.presentation.prose import Piece

MARKED = "bold reverse"
_BEFORE_CELLS = 16
"""How much of the text stands before the word."""


def word_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words stand, in order and not overlapping; widths and case do not matter."""
    if not words:
        return []
    folded = fold(text)
    spans: list[tuple[int, int]] = []
    for word in words:
        start = folded.text.find(word)
        while start >= 0 and word:
            spans.append(folded.span(start, start + len(word)))
            start = folded.text.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def marked_pieces(text: str, words: Sequence[str]) -> Iterator[Piece]:
    """Yield a text with its words marked."""
    done = 0
    for start, end in word_spans(text, words):
        if start > done:
            yield text[done:start], ""
        yield text[start:end], MARKED
        done = end
    if done < len(text):
        yield text[done:], ""


def snippet(
    found: FoundText,
    words: Sequence[str],
    templates: Mapping[str, Template],
    width_cells: int,
    *,
    form: str | None = None,
) -> tuple[Piece, ...]:
    """Return where a word was found, named as in the record's form, and the words around it."""
    label = f"{_place(found, templates, form)}: "
    text = " ".join(found.text.split("\n"))
    spans = word_spans(text, words)
    start = spans[0][0] if spans else 0
    begin = start
    while begin > 0 and cell_len(text[begin - 1 : start]) <= _BEFORE_CELLS:
        begin -= 1
    shown = clip(("…" if begin else "") + text[begin:], width_cells - cell_len(label))
    return ((label, "$quiet"), *marked_pieces(shown, words))


def _place(found: FoundText, templates: Mapping[str, Template], form: str | None) -> str:
    if found.source == "about":
        return "担当・案件"
    if found.source == "said":
        return "発言"
    own = [templates[form]] if form is not None and form in templates else []
    fields = (field for template in (*own, *templates.values()) for field in template.fields)
    return next((field.label for field in fields if field.name == found.key), "記録")
