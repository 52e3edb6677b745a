"""What the office changed, in words that a clerk reads."""

from consult_assist.knowledge.difference import KeyDifference, compare_with_shipped
from consult_assist.knowledge.entries import KnowledgeEntries
from consult_assist.knowledge.schema import ContactTable


def test_a_flag_is_shown_as_in_the_workbook() -> None:
    shipped = KnowledgeEntries(contacts={"desk": ContactTable(name="福祉事務所", local=True)})
    office = KnowledgeEntries(contacts={"desk": ContactTable(name="福祉事務所", number="03-1111-2222")})
    (entry,) = compare_with_shipped(office, shipped)
    assert entry.keys == (
        KeyDifference(label="番号", before=(), after=("03-1111-2222",)),
        KeyDifference(label="地域", before=("○",), after=()),
    )
