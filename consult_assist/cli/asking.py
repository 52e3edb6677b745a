"""Questions to whoever sits at the keyboard, or answers from a pipe."""

import re
import sys
from collections.abc import Callable

from consult_assist.errors import ConsultAssistError

Ask = Callable[[str], str]
"""Shows a prompt and returns the answer; raises EOFError where the input ends."""
_KEYS = re.compile(r"\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])?|[\x00-\x1f\x7f]")
"""What Esc, the arrow keys and their like leave in a typed line."""
_HINT = re.compile(r"\s*(?:（[^（）]*）|［[^［］]*］)?\s*[：:]?\s*\Z")
"""What follows the question in a prompt; brackets and colons may stand in a name that is asked about, too."""
_YES = frozenset({"はい", "y", "ｙ", "yes", "ok"})


class InputEndedError(ConsultAssistError):
    """The input ended before everything that is needed was said."""


class UnfitAnswerError(ConsultAssistError):
    """An answer from a pipe cannot be taken."""


def ask(prompt: str) -> str:
    """Ask; at a terminal the end of input is the wish to stop, as Ctrl+C is."""
    try:
        answer = input(prompt)
    except EOFError:
        print()
        if sys.stdin.isatty():
            raise KeyboardInterrupt from None
        raise
    if not sys.stdin.isatty():
        print(answer)
    return _KEYS.sub("", answer)


def said_yes(ask: Ask, question: str) -> bool:
    """Return whether the answer is はい; an empty one is."""
    while True:
        answer = optional(ask, f"{question} ［はい／いいえ、Enter = はい］: ").casefold()
        if answer in {"", *_YES}:
            return True
        if answer in {"いいえ", "n", "no"}:
            return False
        before_asking_again(question, "「はい」か「いいえ」で答えてください。")


def agreed(ask: Ask, question: str) -> bool:
    """Return whether the answer is はい; none is, where something would change for good."""
    return optional(ask, f"{question}（はい／いいえ）: ").casefold() in _YES


def required(ask: Ask, prompt: str) -> str:
    """Ask until there is an answer.

    Raises:
        InputEndedError: the input ended instead.
    """
    while True:
        try:
            answer = ask(prompt).strip()
        except EOFError as error:
            raise InputEndedError("入力が途中で終わったので、何も書いていません。") from error
        if answer:
            return answer
        before_asking_again(prompt, "書いてください。やめるときは Ctrl+C を押します。")


def before_asking_again(prompt: str, why: str) -> None:
    """Say why an answer cannot be taken.

    Raises:
        UnfitAnswerError: nobody sits at a terminal: the next line of a pipe answers another question.
    """
    if not sys.stdin.isatty():
        question = _HINT.sub("", prompt).strip()
        raise UnfitAnswerError(f"質問「{question}」への答えを使えないので、何も書いていません。{why}")
    print(f"  {why}")


def optional(ask: Ask, prompt: str) -> str:
    """Return the answer, empty where none is given or the input has ended."""
    try:
        return ask(prompt).strip()
    except EOFError:
        return ""
