"""What an erasure reaches: every kind of event is in one list."""

from consult_assist.domain.events import EVENT_CLASSES
from consult_assist.storage.privacy import ERASED_WITH_CONSENT, KEPT, NEVER_STORED, WORD_TYPES


def test_every_event_class_is_in_exactly_one_list() -> None:
    lists = (ERASED_WITH_CONSENT, KEPT, NEVER_STORED)
    assert sorted(EVENT_CLASSES) == sorted(cls.type for classes in lists for cls in classes)


def test_fields_hidden_from_representations_are_erased() -> None:
    hidden = {
        name
        for name, cls in EVENT_CLASSES.items()
        if cls not in NEVER_STORED and any(not field.repr for field in cls.__dataclass_fields__.values())
    }
    assert hidden
    assert hidden <= WORD_TYPES
