"""The shipped danger words on the sentences that they were written with."""

import tomllib
from pathlib import Path

import pytest

from consult_assist.knowledge.loader import load_knowledge
from consult_assist.nlp.cues import CueMatcher, CueOwner
from consult_assist.nlp.tokens import SudachiTokenizer
from consult_assist.resources import shipped_folder

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "sentences" / "alert_development.toml"
MOST_MISSED = 6
MOST_FALSE = 3
"""A few may fail, so that one more sentence can be written down before the words for it are found."""


@pytest.fixture(scope="module")
def matcher() -> CueMatcher:
    knowledge = load_knowledge(shipped_folder("knowledge"))
    cues = [(cue, CueOwner(protocol=p.id)) for p in knowledge.protocols.values() for cue in p.cues]
    return CueMatcher(cues, SudachiTokenizer(), knowledge.words)


def _sentences(part: str) -> list[tuple[str, str]]:
    tables: dict[str, list[str]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))[part]
    return [(name, text) for name, texts in tables.items() for text in texts]


def test_danger_alerts(matcher: CueMatcher) -> None:
    missed = [
        text
        for protocol, text in _sentences("must")
        if protocol not in {hit.owner.protocol for hit in matcher.find(text)}
    ]
    assert len(missed) <= MOST_MISSED, missed


def test_other_talk_does_not(matcher: CueMatcher) -> None:
    false = [text for _, text in _sentences("quiet") if matcher.find(text)]
    assert len(false) <= MOST_FALSE, false
