"""The analyzer as a whole: what a model finds beside the rules, and what it covers in the text."""

from collections.abc import Sequence

from consult_assist.domain.guidance import Fact
from consult_assist.domain.speech import Revision
from consult_assist.nlp.facts.passage import FoundFact, Passage
from consult_assist.nlp.sudachi import SudachiAnalyzer
from tests.unit.nlp.facts.plain_analyzer import facts_in, plain_analyzer


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
    assert [name for name, *_ in _facts(plain_analyzer(), "花子です。家賃は月5万円です。")] == [
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
    (revision, *_) = plain_analyzer().analyze("u1", 0, "番号は1234ゼロ678ゼロ012です")
    assert isinstance(revision, Revision)
    assert revision.text == "番号は〓〓〓〓〓〓〓〓〓〓〓〓〓〓です"


def test_a_clerk_states_no_facts() -> None:
    assert facts_in("家賃は5万円です", by_clerk=True) == []
    assert facts_in("国民健康保険料は、分割で納める相談ができます。保険年金課へご案内いたします") == []


def test_what_stands_before_in_the_same_line_is_the_question_of_an_answer() -> None:
    def facts(said: str, before: str) -> list[tuple[str, object, str]]:
        return _facts(plain_analyzer(), said, before=before)

    assert facts("4万8千円です", "家賃はおいくらですか。") == [("rent_monthly", 48_000, "4万8千円")]
    assert facts("4万8千円です", "") == []
    assert facts("そうです", "家賃は5万円です。") == []
