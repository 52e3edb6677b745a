"""Whether all that was saved is still there: the chain of events, and the sound that its events name."""

from collections.abc import Iterator, Sequence

from consult_assist.app.records.playing import gaps_in_words, missing_stretches
from consult_assist.app.workplace import Workplace
from consult_assist.domain.consultation import Consent
from consult_assist.errors import ConsultAssistError
from consult_assist.storage.base import ChainFault


def verify_records(workplace: Workplace) -> Sequence[ChainFault]:
    """Return every place where a saved event or sound was changed or is missing.

    Of the sound only the length can be compared: no digest of it is kept, for a line that is taken off the
    record is silenced in place. What was erased on purpose is no fault.

    Raises:
        StoreError: the store cannot be read.
    """
    return [*workplace.store.verify(), *_sound_faults(workplace)]


def _sound_faults(workplace: Workplace) -> Iterator[ChainFault]:
    for summary in workplace.store.summaries():
        if summary.consent is not Consent.RECORDED:
            continue
        try:
            stamped = workplace.store.events(summary.id)
        except ConsultAssistError:
            continue  # the chain does not hold there, which has been said
        if gaps := missing_stretches(workplace, stamped):
            words = f"の録音は、{gaps_in_words(gaps)}が欠けています。"
            yield ChainFault(
                position=stamped[0].position or 0,
                consultation_id=summary.id,
                message=f"相談 {summary.id} {words}バックアップの録音と比べてください。",
            )
