"""Handing in a record and deciding about it: one small dialog for each state it can be in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from consult_assist.domain.consultation import ConsultationState
from consult_assist.domain.document import RecordDocument
from consult_assist.domain.review import Commented, ReviewState
from consult_assist.record.signing import Obstacle, obstacles, refusal, remarks
from consult_assist.record.wording import one_line
from consult_assist.tui.presentation.prose import plain
from consult_assist.tui.presentation.review import approved_text, obstacle_row, review_words
from consult_assist.tui.screens.office import OfficeScreen
from consult_assist.tui.widgets.dialog import Dialog
from consult_assist.tui.widgets.prose import Prose

_MAX_CHARS = 200
_APPROVED = ("approved", "決裁された版を読む")

Answers = Sequence[tuple[str, str]]
Reasons = Mapping[str, str]
"""Answer that needs words → what to say where there are none."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What somebody decided, under which name, with which words."""

    answer: str
    by: str
    words: str = field(repr=False)


class SignScreen(Dialog[Signature]):
    """A decision with a name, and words where they are wanted; an empty answer leaves all as it is."""

    keys = "↑↓ で選んで Enter ・ Tab で書く欄へ ・ F9 戻る"

    def __init__(
        self,
        title: str,
        text: Sequence[str],
        answers: Answers,
        by: str,
        *,
        ask: str = "",
        words: str = "",
        reasons: Reasons,
    ) -> None:
        """Offer answers; with `ask` there is a field for words, filled with `words`."""
        super().__init__()
        self._reasons = reasons
        self.title = title
        self._text = text
        self._answers = answers
        self._by = by
        self._ask = ask
        self._words = words

    def body(self) -> ComposeResult:
        """Lay out what is decided, the words, the name and the answers."""
        yield Prose([plain(text) for text in self._text])
        if self._ask:
            with Horizontal(classes="sign-row"):
                yield Static(self._ask, classes="sign-name", markup=False)
                yield Input(self._words, id="words", max_length=_MAX_CHARS, compact=True)
        with Horizontal(classes="sign-row"):
            yield Static("名前", classes="sign-name", markup=False)
            yield Input(self._by, id="by", compact=True)
        yield OptionList(*(Option(f" {text}", id=name) for name, text in self._answers), markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the answers, or into the field for words where the first answer needs them."""
        wanted = "#words" if self._ask and self._words_needed else "OptionList"
        self.query_one(wanted).focus()

    @property
    def _words_needed(self) -> bool:
        return self._answers[0][0] in {"amend", "comment"}

    def on_input_submitted(self) -> None:
        """Take the first answer where it was waiting for the words; otherwise go to the answers."""
        if self._words_needed:
            self._sign(self._answers[0][0])
        else:
            self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Sign what was chosen."""
        self._sign(event.option_id or "")

    def _sign(self, answer: str) -> None:
        words = "".join(entry.value for entry in self.query("#words").results(Input))
        if answer in self._reasons and not words.strip():
            # Said in the empty field itself, and the dialog stays: closing it would lose the name typed.
            entry = self.query_one("#words", Input)
            entry.value = ""
            entry.placeholder = self._reasons[answer]
            entry.focus()
            return
        signature = Signature(answer, self.query_one("#by", Input).value, words)
        self.dismiss(signature if answer else None)


class ApprovedScreen(Dialog[None]):
    """The version that was approved, to be read."""

    TITLE = "決裁された版"
    window = "dialog help"
    keys = "↑↓ 動かす ・ F9 戻る"

    def __init__(self, document: RecordDocument) -> None:
        super().__init__()
        self._document = document

    def body(self) -> ComposeResult:
        """Lay out the record."""
        with VerticalScroll():
            yield Prose(approved_text(self._document))


async def review_record(screen: OfficeScreen, document: RecordDocument) -> RecordDocument | Obstacle | None:
    """Ask what is to become of a record and do it.

    Returns:
        The record as it stands then, what is missing in it where the person chose to see that, or None
        where all stays as it is.
    """
    match document.review.state:
        case ReviewState.SUBMITTED:
            return await _decide(screen, document)
        case ReviewState.APPROVED:
            return await _amend(screen, document)
        case _:
            return await _submit(screen, document)


async def _sign(
    screen: OfficeScreen,
    title: str,
    text: Sequence[str],
    answers: Answers,
    *,
    ask: str = "",
    words: str = "",
    by: str | None = None,
    reasons: Reasons = MappingProxyType({}),
) -> Signature | None:
    await screen.office.when_unveiled()
    by = by or screen.desk.default_operator()
    dialog = SignScreen(title, text, answers, by, ask=ask, words=words, reasons=reasons)
    return await screen.app.push_screen_wait(dialog)


async def _submit(screen: OfficeScreen, document: RecordDocument) -> RecordDocument | Obstacle | None:
    is_open = document.summary.state is ConsultationState.OPEN
    close = [("close", "提出せずに、記録だけ閉じる")] if is_open else []
    found = obstacles(document.record, screen.desk.knowledge.templates.get(document.record.template))
    if found:
        rows = [(str(number), obstacle_row(item)) for number, item in enumerate(found)]
        chosen = await screen.ask(
            "まだ提出できません",
            f"{refusal(found)}\n選ぶと、その欄に移ります。",
            [*rows, *close, ("", "戻る")],
        )
        if chosen == "close":
            return await screen.in_background(
                screen.desk.close_record, document.summary.id, document.chain_head
            )
        return found[int(chosen)] if chosen else None
    left = remarks(document.record)
    text = [f"残っていること: {'、'.join(left)}", "このままでも提出できます。"] if left else []
    text = text or ["提出すると、差戻しか取下げまで直せなくなります。"]
    read = [_APPROVED] if document.review.versions else []
    answers = [("submit", "提出する"), *close, *read, ("", "まだ直す")]
    signature = await _sign(screen, "記録を提出する", text, answers, by=document.summary.operator)
    return await _act(screen, document, signature)


async def _decide(screen: OfficeScreen, document: RecordDocument) -> RecordDocument | None:
    review = document.review
    following = review.steps[len(review.acts) + 1 : len(review.acts) + 2]
    n_comments = f"（指摘 {len(review.comments)} 件）" if review.comments else ""
    left = remarks(document.record)
    own = review.submitted is not None and review.submitted.by == screen.desk.default_operator()
    text = [
        review_words(review),
        *([f"残っていること: {'、'.join(left)}"] if left else []),
        *(["提出した人と同じ名前です。"] if own else []),
    ]
    answers = [
        ("approve", f"承認する（次は {following[0]}）" if following else "決裁する"),
        ("return", f"差し戻す{n_comments}"),
        ("take_back", "提出を取り下げて直す"),
        *([_APPROVED] if review.versions else []),
        ("", "まだ決めない"),
    ]
    reasons = {} if review.comments else {"return": "差し戻す理由を書いてください。"}
    signature = await _sign(
        screen, f"{review.step}の判断", text, answers, ask="理由・ひとこと", reasons=reasons
    )
    return await _act(screen, document, signature)


async def _amend(screen: OfficeScreen, document: RecordDocument) -> RecordDocument | None:
    text = [review_words(document.review), "訂正を始めても、決裁された版は読めるまま残ります。"]
    answers = [("amend", "訂正を始める"), ("", "そのままにする")]
    reasons = {"amend": "訂正する理由を書いてください。"}
    signature = await _sign(
        screen, "決裁された記録を訂正する", text, answers, ask="訂正の理由", reasons=reasons
    )
    return await _act(screen, document, signature)


async def _act(
    screen: OfficeScreen, document: RecordDocument, signature: Signature | None
) -> RecordDocument | None:
    """Do what was signed; say it in one sentence."""
    if signature is None:
        return None
    reviews, key, by, words = screen.desk.reviews, document.summary.id, signature.by, signature.words
    if signature.answer == _APPROVED[0]:
        if (approved := await screen.in_background(reviews.approved, key)) is not None:
            await screen.office.when_unveiled()
            await screen.app.push_screen_wait(ApprovedScreen(approved))
        return None

    def approve() -> RecordDocument:
        if words.strip():
            reviews.comment(key, words, by, document.review, field=None, place=None)
        return reviews.approve(key, by, document.review)

    acts: Mapping[str, tuple[Callable[[], RecordDocument], str]] = {
        "submit": (lambda: reviews.submit(key, by, document.chain_head), "提出しました。"),
        "close": (lambda: screen.desk.close_record(key, document.chain_head), "記録を閉じました。"),
        "approve": (approve, "承認しました。"),
        "return": (lambda: reviews.send_back(key, words, by, document.review), "差し戻しました。"),
        "take_back": (lambda: reviews.take_back(key, by), "提出を取り下げました。直せます。"),
        "amend": (lambda: reviews.amend(key, words, by), "訂正を始めました。直して、また提出してください。"),
    }
    act, sentence = acts[signature.answer]
    after = await screen.in_background(act)
    if after is not None:
        screen.office.tell(sentence)
    return after


async def comment_on(
    screen: OfficeScreen, document: RecordDocument, field_name: str, row: str
) -> RecordDocument | None:
    """Ask what has to be looked at in a line of a record that waits; empty words take a comment away."""
    item = next(item for item in document.record.fields if item.name == field_name)
    places = [number for number, line in enumerate(item.lines) if one_line(line.text) == row]
    place = places[0] if places else None
    line = None if place is None else item.lines[place].text
    words = next((made.text for made in document.review.comments if _about(made, field_name, line)), "")
    text = [f"{item.label}: {f'「{row}」' if line is not None else 'この欄の全体'}"]
    answers = [("comment", "指摘を残す（空なら取り消す）"), ("", "戻る")]
    signature = await _sign(screen, "この行への指摘", text, answers, ask="指摘", words=words)
    if signature is None:
        return None
    return await screen.in_background(
        screen.desk.reviews.comment,
        document.summary.id,
        signature.words,
        signature.by,
        document.review,
        field=field_name,
        place=place,
    )


def _about(comment: Commented, field_name: str, line: str | None) -> bool:
    return (comment.field, comment.line) == (field_name, line)
