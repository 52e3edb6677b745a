"""Marks that tell which keys of an entry have changed."""

from consult_assist.knowledge.marks import changed_keys, marks_of
from consult_assist.knowledge.schema import ProgrammeTable


def _programme(**keys: object) -> ProgrammeTable:
    return ProgrammeTable.model_validate(
        {"id": "a", "name": "制度A", "category": "住まい", "summary": "家賃", "names": ["制度A"], **keys}
    )


def test_marks_tell_which_keys_have_changed() -> None:
    before = _programme(target=["大人"], laws=["法"])
    after = _programme(target=["子ども"], questions=["何歳ですか"])
    assert changed_keys(marks_of(before), after) == ("laws", "questions", "target")
    assert changed_keys(marks_of(before), before) == ()


def test_what_is_empty_or_the_programs_own_leaves_no_mark() -> None:
    assert marks_of(_programme(owner="", laws=[], based_on="x:1")) == marks_of(_programme())
