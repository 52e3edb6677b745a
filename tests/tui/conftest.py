"""The program on a desk with scripted answers, as most tests of the screens begin."""

import pytest

from consult_assist.tui.app import ConsultAssistApp
from tests.tui.facts import talk_events
from tests.tui.scripted import ScriptedDesk, ScriptedSession


@pytest.fixture
def session() -> ScriptedSession:
    """A consultation in which something was said."""
    scripted = ScriptedSession()
    scripted.emit(*talk_events())
    return scripted


@pytest.fixture
def desk() -> ScriptedDesk:
    """A desk with four saved records and two exercises."""
    return ScriptedDesk()


@pytest.fixture
def app(desk: ScriptedDesk) -> ConsultAssistApp:
    """The application on its home screen."""
    return ConsultAssistApp(desk)
