"""The analyzer as a whole: what a model finds beside the rules, and what it covers in the text."""

from collections.abc import Sequence

from consult_assist.domain.guidance import Fact
from consult_assist.domain.speech import Revision
from consult_assist.nlp.facts.passage import FoundFact, Passage
from consult_assist.nlp.sudachi import SudachiAnalyzer


class _Names:
    """Finds one name wherever it stands, and takes note of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, passage: Passage) -> Sequence[FoundFact]:
        self.asked.append(passage.text[passage.since :])
        start = passage.text.find("花子")
        return [FoundFact("name", "花子", start, start + 2)] if start >= passage.since else []


def _facts(analyzer: SudachiAnalyzer, text: str, **told: object) -> list[tuple[str, object, str]]:
    found = analyzer.analyze("u1", 0, text, **told)  # type: ignore[arg-type]
    return [(f.name, f.value, text[f.start_char : f.end_char]) for f in found if isinstance(f, Fact)]


def test_both_are_returned_in_the_order_of_the_text() -> None:
    analyzer = SudachiAnalyzer({}, {}, (), entities=_Names())
    assert _facts(analyzer, "花子です。家賃は月5万円です。") == [
        ("name", "花子", "花子"),
        ("rent_monthly", 50_000, "5万円"),
    ]


def test_without_a_finder_the_rules_stand_alone() -> None:
    assert [name for name, *_ in _facts(SudachiAnalyzer({}, {}, ()), "花子です。家賃は月5万円です。")] == [
        "rent_monthly"
    ]


def test_a_finder_is_not_asked_about_the_clerk_nor_about_what_was_said_before() -> None:
    names = _Names()
    analyzer = SudachiAnalyzer({}, {}, (), entities=names)
    assert _facts(analyzer, "花子さんですね", by_clerk=True) == []
    assert names.asked == []
    assert _facts(analyzer, "はい", before="花子です。") == []
    assert names.asked == ["はい"]


def test_a_personal_number_read_out_with_zeros_is_covered() -> None:
    (revision, *_) = SudachiAnalyzer({}, {}, ()).analyze("u1", 0, "番号は1234ゼロ678ゼロ012です")
    assert isinstance(revision, Revision)
    assert revision.text == "番号は〓〓〓〓〓〓〓〓〓〓〓〓〓〓です"
