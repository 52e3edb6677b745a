"""The shipped danger words on the sentences that they were written with."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.nlp.situations.cues import CueMatcher, CueOwner
from consult_assist.nlp.tokens import SudachiTokenizer

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "sentences" / "alert_development.toml"
KNOWN_MISSES = {
    "locked_in_all_day": "入所施設で、妹が部屋に一日中鍵をかけられていました",
    "seen_as_a_volunteer": "利用者さんが職員に突き飛ばされるところを見てしまいました。"
    "作業所でボランティアをしていて",
}
"""Sentences that were written down before words for them were found."""


@pytest.fixture(scope="module")
def matcher(shipped_knowledge: KnowledgeBase) -> CueMatcher:
    cues = [(cue, CueOwner(protocol=p.id)) for p in shipped_knowledge.protocols.values() for cue in p.cues]
    return CueMatcher(cues, SudachiTokenizer(), shipped_knowledge.words)


def _tables(part: str) -> dict[str, list[str]]:
    tables: dict[str, list[str]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))[part]
    return tables


def _sentences(part: str) -> Iterator[Any]:
    """Yield protocol and text of each sentence as a parameter; a known miss has a name, not a number."""
    names = {text: name for name, text in KNOWN_MISSES.items()}
    for protocol, texts in _tables(part).items():
        for number, text in enumerate(texts):
            name = names.get(text)
            marks = [pytest.mark.xfail(reason="no words for it yet", strict=True)] if name else []
            yield pytest.param(protocol, text, id=f"{protocol}-{name or number}", marks=marks)


def test_known_misses_are_sentences_of_the_list() -> None:
    assert set(KNOWN_MISSES.values()) <= {text for texts in _tables("must").values() for text in texts}


@pytest.mark.parametrize(("protocol", "text"), _sentences("must"))
def test_danger_alerts(matcher: CueMatcher, protocol: str, text: str) -> None:
    assert protocol in {hit.owner.protocol for hit in matcher.find(text)}


@pytest.mark.parametrize(("kind", "text"), _sentences("quiet"))
def test_other_talk_does_not(matcher: CueMatcher, kind: str, text: str) -> None:
    assert not list(matcher.find(text)), kind
