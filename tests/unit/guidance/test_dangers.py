"""Which dangers words raise: sure signs alone, doubtful ones in company."""

from consult_assist.domain.guidance import AlertDismissed, Term
from consult_assist.domain.speech import Speaker
from consult_assist.guidance.dangers import DangerWatch, raised
from consult_assist.guidance.dialogue import DialogueHistory
from tests.unit.guidance.said import said, term


def _sign(protocol: str | None, confidence: float = 1.0) -> Term:
    return term(protocol=protocol, confidence=confidence)


class _Talk:
    """A watch with the talk that it listens to."""

    def __init__(self) -> None:
        self.history, self.watch = DialogueHistory(), DangerWatch()

    def say(
        self, number: int, start_s: float, *signs: Term, speaker: Speaker | None = None
    ) -> list[tuple[str, str]]:
        line = said(number, start_s, *signs, speaker=speaker)
        self.history.put(line)
        return [(alert.protocol, alert.utterance_id or "") for alert in self.watch.alerts(line, self.history)]


def test_a_sure_sign_raises_its_protocol_alone() -> None:
    assert raised([_sign("dv"), _sign(None), _sign("suicide"), _sign("dv")]) == ("dv", "suicide")


def test_a_doubtful_sign_raises_nothing_alone() -> None:
    assert raised([_sign("dv", 0.25), _sign("dv", 0.25)]) == ()


def test_a_doubtful_sign_counts_beside_an_earlier_one_of_the_same_danger() -> None:
    assert raised([_sign("dv", 0.25)], before=[_sign("dv", 0.25)]) == ("dv",)
    assert raised([_sign("dv", 0.25)], before=[_sign("suicide")]) == ()


def test_a_danger_is_raised_once_until_it_is_put_away() -> None:
    talk = _Talk()
    assert talk.say(1, 0.0, _sign("dv")) == [("dv", "u1")]
    assert talk.say(2, 10.0, _sign("dv")) == []
    assert talk.watch.standing == {"dv"}
    talk.watch.dismiss(AlertDismissed(protocol="dv"), 14.0)
    assert talk.watch.standing == set()
    assert talk.say(3, 193.0, _sign("dv")) == []
    assert talk.say(4, 194.0, _sign("dv")) == [("dv", "u4")]


def test_while_a_danger_stands_only_sure_words_raise_another() -> None:
    talk = _Talk()
    talk.say(1, 0.0, _sign("dv"))
    assert talk.say(2, 5.0, _sign("suicide", 0.9)) == []
    assert talk.say(3, 10.0, _sign("suicide")) == [("suicide", "u3")]


def test_a_doubtful_sign_of_the_resident_gives_a_later_one_company() -> None:
    talk = _Talk()
    talk.say(1, 0.0, _sign("dv", 0.25), speaker=Speaker.CLERK)
    assert talk.say(2, 50.0, _sign("dv", 0.25)) == []
    assert talk.say(1, 0.0, _sign("dv", 0.25), speaker=Speaker.RESIDENT) == [("dv", "u2")]


def test_a_line_that_is_recognised_late_takes_no_company_from_what_was_said_since() -> None:
    talk = _Talk()
    talk.say(2, 100.0, _sign("dv", 0.25))
    assert talk.say(1, 0.0) == []
    assert talk.say(3, 110.0, _sign("dv", 0.25)) == [("dv", "u3")]


def test_a_doubtful_sign_of_more_than_a_minute_ago_is_no_company() -> None:
    talk = _Talk()
    talk.say(1, 0.0, _sign("dv", 0.25))
    assert talk.say(2, 65.0, _sign("dv", 0.25)) == []
