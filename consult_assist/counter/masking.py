"""個人番号 are covered before anything else looks at the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from consult_assist.counter.spoken_figures import FILLING, with_spoken_figures
from consult_assist.japanese.folding import FoldedText, fold
from consult_assist.japanese.numerals import ZERO, zeros_in_figures

MASK = "〓"
OFF_RECORD = f"{MASK}（記録しない発言）"
"""What stands in the place of words that were taken out of the record."""
DICTATED_LINES = 6
"""How many lines before one a number may have begun in when it is read out in groups."""
_MIN_DIGITS = 12
"""Source: 番号利用法 第2条第5項・同施行令 第8条."""
_MODULUS = 11
_MAX_BETWEEN_CHARS = 24
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FIGURE = "[0-9〇零○一二三四五六七八九]"
_ROUND = "まる|マル"
"""A nought, but only beside a figure: 始まる is none."""
_DIGIT = f"(?:{_FIGURE}{FILLING}*|{ZERO}|(?<={_FIGURE})(?:{_ROUND})|(?:{_ROUND})(?={_FIGURE}))"
_GROUP = re.compile(
    rf"(?!一[応度旦])(?:(?<!{_FIGURE})(?<!{ZERO})[0-9]{{1,3}}(?:,[0-9]{{3}})+(?!{_DIGIT})"
    rf"|{_DIGIT}++)(?!桁)"
)
"""Digits that stand side by side, or one figure with commas (54,000); 「4桁」 only counts digits."""
_BETWEEN = re.compile(
    r"(?:です|でして|でございます|になります|となります|はい|ハイ(?:フン)?|スペース|それ(?:から|[でと])|から|その|そして"
    r"|まず|もう一度|一応|次|続[いけ]て|最[初後]|残り|まあ?"
    r"|どうぞ|お願い(?:いた)?します|ください|すみません|ありがとうございます"
    rf"|{_DIGIT}+桁|[\s\-‐-―−ー〜~・.,、。…!?「」()えあうんっとにのねよでがはを])*+"
)
"""What people say and recognisers write between the groups of one number."""
_WITHIN = re.compile(r"[\s\-‐-―−ー・.,、の]*+")
"""What stands between groups that are read out or written in one go."""
_COUNTS = re.compile(
    r"[十百千万億兆円秒歳才人件回階号室丁週枚%]|[かヶケ個]月|番地|年(?!金)|月(?!曜)|日(?![本曜])|時(?!々)|分(?!か)|名(?![前義])|個(?!人)"
)
_COUNTED = re.compile(r"[十百千万億兆¥\\]")
_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}(?!\1?[0-9])")
_PERSONAL_SHAPES = {(3, 3, 3, 3), (6, 6), (4, 8), (8, 4), (10, 2), (2, 10), (11, 1), (1, 11)}
"""How a 個人番号 is read or written down other than in fours, or in parts of fours."""
_PHONE_SHAPES = {(10,), (2, 4, 4), (3, 3, 4), (4, 2, 4), (4, 3, 3), (5, 1, 4), (2, 8), (3, 7), (4, 6), (6, 4)}
_MOBILE = re.compile(r"0[5-9]0[0-9]{8}")
_SPELLED_PHONE = re.compile(r"0[0-9]{9}|0[5-9]0[0-9]{8}")
_MISHEARD_MOBILE = re.compile(r"0[5-9]0[0-9]{9}")
"""A digit too many; its first three stand apart, while a 個人番号 is printed and read in fours."""
_MAX_MOBILE_GROUPS = 5
_MAX_PHONE_GROUPS = 16
"""A number given as an example may be read out with some noughts too many."""
_SPELLED_MOBILE = re.compile(r"0[5-9]0[0-9]{7,8}")
"""The first three digits stand apart; of the rest, read figure by figure, one may not have been heard."""
_EXAMPLE_MOBILE = re.compile(r"0[5-9]0{8,}")
"""Nothing but noughts, more or fewer of which are heard: a number given as an example, and nobody's."""


@dataclass(frozen=True, slots=True, repr=False)
class _Group:
    """Digits side by side in the folded text.

    Attributes:
        start: where they begin.
        end: just behind them.
        digits: as figures.
        joined: whether they go on from the group before in one go.
    """

    start: int
    end: int
    digits: str
    joined: bool


def mask_personal_numbers(text: str) -> str:
    """Return the text with the digits of every run of 12 or more covered; its length stays the same.

    A misheard 個人番号 may gain a digit; telephone numbers, dates and amounts are told apart and stay.
    """
    folded = fold(text)
    chars = list(text)
    for run in _runs(folded.text):
        for group in run:
            _cover(chars, folded, group)
    return "".join(chars)


def mask_typed_numbers(text: str) -> str:
    """Return typed text with every 個人番号 covered whose check digit holds; its length stays the same.

    What is typed is not misheard: twelve digits without the check digit are another number.
    """
    folded = fold(text)
    chars = list(text)
    for run in _runs(folded.text):
        for first in range(len(run)):
            for last in range(first + 1, min(first + _MIN_DIGITS, len(run)) + 1):
                if is_personal_number("".join(group.digits for group in run[first:last])):
                    for group in run[first:last]:
                        _cover(chars, folded, group)
    return "".join(chars)


def is_personal_number(digits: str) -> bool:
    """Return whether these are the twelve digits of a 個人番号, the last of which is its check digit.

    Source: 平成26年総務省令第85号 第5条.
    """
    if len(digits) != _MIN_DIGITS or not digits.isdecimal():
        return False
    *body, check = map(int, digits)
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(digit * weight for digit, weight in zip(body, weights, strict=True)) % _MODULUS
    return check == (0 if rest <= 1 else _MODULUS - rest)


def mask_together(texts: Sequence[str]) -> list[str]:
    """Return consecutive texts of one voice, masked as if they were one; each keeps its length.

    A 個人番号 is read out group by group, and a pause between the groups makes them utterances of their own.
    """
    masked = mask_personal_numbers("。".join(texts))
    parts: list[str] = []
    start = 0
    for text in texts:
        parts.append(masked[start : start + len(text)])
        start += len(text) + 1
    return parts


def mask_dictated(texts: Sequence[str]) -> list[str]:
    """Return consecutive lines of one voice with every 個人番号 covered; each keeps its length.

    A number may be spread over a line and the `DICTATED_LINES` before it. What is covered already counts as
    digits, so that the rest of a number is found whichever part was understood first.
    """
    now = [mask_personal_numbers(text) for text in texts]
    for last in range(len(now)):
        first = max(0, last - DICTATED_LINES)
        together = mask_together([text.replace(MASK, "1") for text in now[first : last + 1]])
        now[first : last + 1] = [
            "".join(MASK if old == MASK else new for old, new in zip(text, covered, strict=True))
            for text, covered in zip(now[first : last + 1], together, strict=True)
        ]
    return now


def covered_digits(text: str, covered: str) -> str:
    """Return the digits that are covered in the second of two texts of the same length."""
    folded = fold("".join(old for old, new in zip(text, covered, strict=True) if new == MASK != old))
    return "".join(filter(str.isdecimal, _in_figures(with_spoken_figures(folded.text))))


def mask_digits(text: str, digits: str) -> str:
    """Return the text with every group of digits covered that is a part of these; its length stays the same.

    Meant for words that rest on an utterance in which a 個人番号 came to light: amounts stay, as anywhere.
    """
    folded = fold(text)
    chars = list(text)
    for chain in _chains(folded.text):
        for group in chain:
            if group.digits in digits:
                _cover(chars, folded, group)
    return "".join(chars)


def _cover(chars: list[str], folded: FoldedText, group: _Group) -> None:
    for position in range(group.start, group.end):
        if folded.text[position] != ",":
            start, end = folded.span(position, position + 1)
            chars[start:end] = MASK * (end - start)


def _runs(text: str) -> Iterator[list[_Group]]:
    """Yield the groups of digits that belong together and are 12 digits or more."""
    for chain in _chains(text):
        for run in _without_phones(chain):
            if sum(len(group.digits) for group in run) >= _MIN_DIGITS:
                yield run


def _chains(text: str) -> Iterator[list[_Group]]:
    """Yield groups with nothing but pauses and fillers between them; amounts and dates end a chain."""
    text = with_spoken_figures(text)
    dates = [match.span() for match in _DATE.finditer(text)]
    chain: list[_Group] = []
    for match in _GROUP.finditer(text):
        start, end = match.span()
        between = text[chain[-1].end : start] if chain else ""
        if not _goes_on(between):
            yield chain
            chain = []
        joined = bool(chain) and _WITHIN.fullmatch(between) is not None
        group = _Group(start, end, _in_figures(match.group()).replace(",", ""), joined)
        if _is_amount(text, group) or any(start < until and end > since for since, until in dates):
            yield chain
            chain = []
        else:
            chain.append(group)
    yield chain


def _in_figures(text: str) -> str:
    return re.sub(_ROUND, "0", zeros_in_figures(text)).translate(_FIGURES).replace(FILLING, "")


def _goes_on(between: str) -> bool:
    return len(between) <= _MAX_BETWEEN_CHARS and _BETWEEN.fullmatch(between) is not None


def _is_amount(text: str, group: _Group) -> bool:
    """Return whether a group counts something; 12 digits never do."""
    if len(group.digits) >= _MIN_DIGITS:
        return False
    with_commas = "," in text[group.start : group.end] and len(group.digits) > len("1234")
    counted = group.start > 0 and _COUNTED.match(text, group.start - 1) is not None
    return with_commas or counted or _COUNTS.match(text, group.end) is not None


def _without_phones(chain: Sequence[_Group]) -> Iterator[list[_Group]]:
    """Yield what stands between the telephone numbers of a chain; a whole 個人番号 is looked for first."""
    run: list[_Group] = []
    at = 0
    while at < len(chain):
        ahead = chain[at : at + _MAX_PHONE_GROUPS]
        at_end = at + len(ahead) == len(chain)
        in_one_go = _in_one_go(chain, at)
        spelled = _is_spelled_phone(in_one_go)
        if not spelled and (n_groups := _personal_groups(ahead) or _personal_in_one_go(in_one_go)):
            run += ahead[:n_groups]
            at += n_groups
        elif n_groups := len(in_one_go) if spelled else _phone_groups(ahead, at_end=at_end):
            yield run
            run = []
            at += n_groups
        else:
            run.append(chain[at])
            at += 1
    yield run


def _personal_groups(groups: Sequence[_Group]) -> int:
    """Return how many groups from the first on are a whole 個人番号, by check digit or as it is printed.

    In any grouping, a telephone number beside an age would have a good check digit once in eleven times.
    """
    digits = ""
    shape: tuple[int, ...] = ()
    for group in groups:
        digits += group.digits
        shape = (*shape, len(group.digits))
        if len(digits) >= _MIN_DIGITS:
            break
    printed = shape == (4, 4, 4)
    in_fours = 3 not in shape and {4, 8, 12} <= set(accumulate(shape))
    known = printed or ((in_fours or shape in _PERSONAL_SHAPES) and is_personal_number(digits))
    return len(shape) if known and not _EXAMPLE_MOBILE.fullmatch(digits) else 0


def _in_one_go(chain: Sequence[_Group], at: int) -> Sequence[_Group]:
    """Return the groups that are read out in one go from there on; none in the middle of them."""
    if chain[at].joined:
        return ()
    end = next((n for n in range(at + 1, len(chain)) if not chain[n].joined), len(chain))
    return chain[at:end]


def _personal_in_one_go(groups: Sequence[_Group]) -> int:
    """Return how many they are if they are a 個人番号, even grouped like a telephone and two digits."""
    digits = "".join(group.digits for group in groups)
    mobile = bool(groups) and len(groups[0].digits) == len("090") and _MISHEARD_MOBILE.fullmatch(digits)
    known = is_personal_number(digits) and not (mobile or _EXAMPLE_MOBILE.fullmatch(digits))
    return len(groups) if known else 0


def _is_spelled_phone(groups: Sequence[_Group]) -> bool:
    """Return whether groups are a telephone number that is read out figure by figure."""
    digits = "".join(group.digits for group in groups)
    return len(groups) == len(digits) and _SPELLED_PHONE.fullmatch(digits) is not None


def _phone_groups(groups: Sequence[_Group], *, at_end: bool) -> int:
    """Return how many groups from the first on are a telephone number; 0 when they are none.

    Args:
        groups: the next ones of a chain.
        at_end: whether the chain ends with them.
    """
    if not groups[0].digits.startswith("0"):
        return 0
    for n_groups in range(1, len(groups) + 1):
        digits = "".join(group.digits for group in groups[:n_groups])
        shape = tuple(len(group.digits) for group in groups[:n_groups])
        apart = shape[0] == len("090")
        spelled = apart and at_end and n_groups == len(groups) and _SPELLED_MOBILE.fullmatch(digits)
        if n_groups <= _MAX_MOBILE_GROUPS:
            misheard = apart and _MISHEARD_MOBILE.fullmatch(digits)
            spelled = spelled or misheard or _MOBILE.fullmatch(digits)
        if spelled or shape in _PHONE_SHAPES or _EXAMPLE_MOBILE.fullmatch(digits):
            return n_groups
    return 0
