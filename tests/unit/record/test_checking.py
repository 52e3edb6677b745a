"""What the clerk decides about the read-back list stays with the item, and with nothing else."""

from consult_assist.domain.events import Event
from consult_assist.domain.record import ReadbackDecided, ReadbackItem, ReadbackState
from consult_assist.domain.speech import Revision
from consult_assist.record.checking import checked_readback
from consult_assist.record.evidence import gather_evidence
from tests.unit.record.talk import fact, said

RENT = "家賃は五万八千円で、光熱費は九万円です。"


def items(*events: Event) -> list[ReadbackItem]:
    return list(checked_readback(gather_evidence(events)))


def states(*events: Event) -> list[tuple[int | str, str]]:
    return [(item.value, item.state.value) for item in items(*events)]


def corrected(before: str, item: ReadbackItem, words: str) -> tuple[Revision, ReadbackDecided]:
    text = before[: item.start_char] + words + before[item.end_char :]
    revision = Revision(utterance_id=item.utterance_id, revision=item.revision + 1, text=text, by="clerk")
    state = ReadbackState.CORRECTED
    return revision, ReadbackDecided.of(item, state, words=words, revised=revision.revision)


def test_an_item_stands_for_exactly_the_words_that_a_correction_replaces() -> None:
    found = items(said(1, RENT))
    assert [RENT[item.start_char : item.end_char] for item in found] == ["五万八千円", "九万円"]


def test_done_items_keep_their_place_and_the_last_decision_holds() -> None:
    spoken = said(1, RENT)
    rent, power = items(spoken)
    events: list[Event] = [
        spoken,
        ReadbackDecided.of(rent, ReadbackState.CONFIRMED),
        ReadbackDecided.of(power, ReadbackState.DROPPED),
    ]
    assert states(*events) == [(58_000, "confirmed"), (90_000, "dropped")]
    events += [ReadbackDecided.of(rent, ReadbackState.DROPPED), ReadbackDecided.of(power, ReadbackState.OPEN)]
    assert states(*events) == [(58_000, "dropped"), (90_000, "open")]


def test_a_correction_changes_its_item_and_leaves_the_others_decided() -> None:
    spoken = said(1, RENT)
    rent, power = items(spoken)
    confirmed = ReadbackDecided.of(power, ReadbackState.CONFIRMED)
    events: list[Event] = [spoken, confirmed, *corrected(RENT, rent, "十五万三千円")]
    assert states(*events) == [(153_000, "corrected"), (90_000, "confirmed")]


def test_a_corrected_item_can_be_corrected_again() -> None:
    spoken = said(1, RENT)
    first = corrected(RENT, items(spoken)[0], "五万三千円")
    again = corrected(first[0].text, items(spoken, *first)[0], "五万五千円")
    assert states(spoken, *first, *again) == [(55_000, "corrected"), (90_000, "open")]


def test_words_that_no_rule_understands_stay_on_the_list_as_typed() -> None:
    spoken = said(1, "家賃は五万八千円です。")
    (rent,) = items(spoken)
    (now,) = items(spoken, *corrected(spoken.text, rent, "まだ決まらず"))
    assert (now.value, now.text, now.state) == (
        "まだ決まらず",
        "家賃はまだ決まらずです",
        ReadbackState.CORRECTED,
    )


def test_a_value_that_changed_after_it_was_confirmed_is_open_again() -> None:
    spoken = said(1, "家賃は五万八千円です。")
    (rent,) = items(spoken)
    reheard = Revision(utterance_id="u1", revision=1, text="家賃は五万三千円です。", by="again")
    assert states(spoken, ReadbackDecided.of(rent, ReadbackState.CONFIRMED), reheard) == [(53_000, "open")]


def test_a_fact_whose_words_a_clerk_replaced_does_not_live_on_inside_the_new_ones() -> None:
    spoken = said(1, "貯金は九万円です。")
    cash = fact(spoken, "cash", 90_000, "九万円")
    (item,) = items(spoken, cash)
    assert states(spoken, cash, *corrected(spoken.text, item, "十九万円")) == [(190_000, "corrected")]
