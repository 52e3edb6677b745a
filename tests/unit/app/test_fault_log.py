"""A log names types and places, and nothing that was said."""

import logging
import sys

import pytest

from consult_assist.app.fault_log import WordlessFormatter, fault_text
from consult_assist.domain.codec import event_from_fields

SAID = "家賃を三か月滞納"


def fail(error: Exception) -> None:
    raise error


def caught(*, chained: str) -> BaseException:
    with pytest.raises(KeyError) as raised:  # noqa: PT012 - the chain is the subject
        try:
            fail(ValueError(SAID))
        except ValueError as error:
            outer = KeyError(SAID)
            outer.add_note(SAID)
            if chained == "cause":
                raise outer from error
            if chained == "context":
                raise outer  # noqa: B904
            raise outer from None
    return raised.value


@pytest.mark.parametrize(("chained", "led_to"), [("cause", True), ("context", True), ("none", False)])
def test_types_and_places_without_words(chained: str, led_to: bool) -> None:
    text = fault_text(caught(chained=chained))
    assert SAID not in text
    assert text.startswith("KeyError < ")
    assert " caught" in text
    assert ("after ValueError < " in text) is led_to
    assert ("test_fault_log.py:15 fail" in text) is led_to
    assert "\n" not in text


def test_our_files_are_named_from_the_package_on() -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - any
        event_from_fields("utterance", {"text": [SAID]})
    text = fault_text(raised.value)
    assert SAID not in text
    assert " consult_assist/domain/codec.py:" in text
    assert "/consult_assist/" not in text


def test_an_endless_recursion_and_a_circle_of_causes_stay_short() -> None:
    def deeper(number: int) -> int:
        return deeper(number + 1)

    with pytest.raises(RecursionError) as raised:
        deeper(0)
    raised.value.__cause__ = ValueError(SAID)
    raised.value.__cause__.__cause__ = raised.value
    assert fault_text(raised.value).count(" < ") == 20


@pytest.mark.parametrize("name", ["asyncio", "consult_assist.app.live.session"])
def test_whatever_is_logged_with_its_exception_holds_no_words(name: str) -> None:
    try:
        fail(ValueError(SAID))
    except ValueError as error:
        message = repr(error) if name == "asyncio" else "a thread stopped"
        record = logging.LogRecord(name, logging.ERROR, __file__, 7, message, (), sys.exc_info())
    line = WordlessFormatter("%(name)s %(message)s").format(record)
    assert SAID not in line
    assert "ValueError < " in line
    assert ("a thread stopped" in line) is (name != "asyncio")
