"""Until when noticing something is in time: read from the course of the talk, not tuned.

A programme or a question is in time until the resident has spoken once more after the clerk's reply: the
clerk has a whole turn to bring it up, and after the resident's next turn the talk has gone on. A danger is in
time until the clerk's reply has ended: what to do first comes before anything else. Where people answer each
other so quickly that nobody could act within that, the time that an act itself takes counts.
"""

import re
from collections.abc import Sequence

from consult_assist.domain.exercise import ExerciseLine
from consult_assist.domain.speech import Speaker

ACT_S = 8.0
"""What choosing a programme from a list takes: three decisions and a dozen keys, 3 × 1.35 s + 12 × 0.28 s.

Source: the keystroke-level model, S. K. Card, T. P. Moran, A. Newell, Communications of the ACM 23 (1980).
"""
_AGREEING = re.compile(
    r"(?:はい|ええ|うん|ああ|へえ|ほう|なるほど|そう(?:です|でした|なんです|だったんです)?[かねよ]*|わかりました|分かりました"
    r"|[ー、。，．！？!?…\s])+"
)
"""Words that show that one listens; they end nobody's turn."""


def limit_s(lines: Sequence[ExerciseLine], place: int, *, danger: bool) -> float:
    """Return until when noticing what line number `place` tells is in time."""
    cue = lines[place]
    turns = _turn_ends(lines[place:])
    wanted = Speaker.CLERK if danger else Speaker.RESIDENT
    after = [end_s for speaker, end_s in turns[1:] if speaker is wanted]
    end_s = after[0] if after else max(line.end_s for line in lines)
    return round(max(end_s, cue.end_s + ACT_S), 3)


def _turn_ends(lines: Sequence[ExerciseLine]) -> list[tuple[Speaker, float]]:
    """Return who speaks in turn and when each turn ends."""
    turns: list[tuple[Speaker, float]] = []
    for number, line in enumerate(lines):
        if number and _AGREEING.fullmatch(line.text):
            continue
        if turns and turns[-1][0] is line.speaker:
            turns.pop()
        turns.append((line.speaker, line.end_s))
    return turns
