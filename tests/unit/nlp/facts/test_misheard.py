"""Figures written with other characters of the same sound."""

import pytest

from tests.unit.nlp.facts.plain_analyzer import facts_in


@pytest.mark.parametrize(
    ("asked", "said", "facts"),
    [
        ("", "下の子が発祭で、上の子が12歳です", ["child_age=8", "child_age=12"]),
        ("", "財布に2世年くらいしかなくて", ["cash=2000"]),
        ("ご年齢を教えてください。", "サトタロ502年です", ["resident_age=52"]),
        ("息子さんはおいくつですか。", "9年小学3年です", ["child_age=9", "school_year=小学3年生"]),
        ("お子さんはおいくつですか。", "下が十一年で上が十四歳です", ["child_age=11", "child_age=14"]),
        ("お子さんはおいくつですか。", "ごとしです", ["child_age=5"]),
        ("", "高校さんとしの娘です", ["school_year=高校3年生", "family_member=娘"]),
    ],
)
def test_a_figure_is_heard_by_its_sound_where_one_is_expected(
    asked: str, said: str, facts: list[str]
) -> None:
    assert facts_in(said, asked) == facts


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("おいくつですか。", "もうかれこれ12年、出てきません"),
        ("息子さんはおいくつですか。", "もうかれこれ12年、出てきません"),
    ],
)
def test_years_that_pass_are_no_age(asked: str, said: str) -> None:
    assert facts_in(said, asked) == []
