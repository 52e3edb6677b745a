"""Why a cue or a fact was scored as it was, in a sentence that a beginner understands."""

from dataclasses import replace

from consult_assist.counter.labels import clock
from consult_assist.domain.exercise import CueKind, CueScored, CueState
from consult_assist.domain.knowledge import KnowledgeBase

OTHER_QUESTION = "お手本にはない質問です。聞いてよいことかは、研修担当と話してください。"
_STATES: dict[tuple[CueKind, CueState], str] = {
    ("programme", CueState.NOTICED): "手がかりから{when}気づきました。",
    ("programme", CueState.EARLY): "手がかりの言葉より先に挙げました。{why}",
    (
        "programme",
        CueState.LATE,
    ): "手がかりから{when}挙げました。話が先へ進む前（{limit}まで）なら、その場で説明できます。",
    ("programme", CueState.RELATED): "「{instead}」を挙げました。近い制度ですが、ここでは「{target}」です。",
    ("programme", CueState.MISSED): "挙げませんでした。{start}からの話が手がかりです。",
    ("danger", CueState.NOTICED): "サインの言葉から{when}気づきました。",
    ("danger", CueState.EARLY): "サインの言葉より先に気づきました。{why}",
    (
        "danger",
        CueState.LATE,
    ): "サインの言葉から{when}気づきました。何よりも先のことなので、次の返事が終わる前（{limit}まで）に。",
    ("danger", CueState.MISSED): "気づきませんでした。{start}からの話がサインです。",
    ("question", CueState.NOTICED): "聞くべき所で聞きました。",
    ("question", CueState.EARLY): "先に聞いていました。",
    ("question", CueState.LATE): "聞きましたが、話が先へ進んだあと（{limit}より後）でした。",
    ("question", CueState.MISSED): "聞きませんでした。{start}からの話を聞いたら、たずねたいことです。",
}
_WHY = "なぜそう考えたか、言えるようにしておきましょう。"
_TAKEN_BACK = "一度挙げて、取り消しました。{start}からの話が手がかりです。"
_UNHEARD = "ここまで聞かずに終えました。"
_AGAIN = "もう一度話に出てから気づきました。"
_ALSO_RIGHT: dict[CueKind, str] = {
    "programme": "お手本にはありませんが、案内してよい制度です。",
    "danger": "お手本にはありませんが、念のため確かめてよい危険です。",
}
_GIVEN_AWAY = "職員の声が先に言っています。"


def explained(cue: CueScored, knowledge: KnowledgeBase, *, taken_back: bool, again: bool) -> CueScored:
    """Return a scored cue with its reason."""
    if cue.state is CueState.UNHEARD:
        return replace(cue, reason=_UNHEARD)
    text = _STATES[cue.kind, cue.state]
    if taken_back and cue.state is CueState.MISSED:
        text = _TAKEN_BACK
    words = text.format(
        when=_when(cue.after_s),
        why=_WHY,
        limit=clock(cue.limit_s),
        start=clock(cue.start_s),
        target=knowledge.programme_name(cue.target),
        instead=knowledge.programme_name(cue.instead or ""),
    )
    extra = (_AGAIN if again else "") + (_GIVEN_AWAY if cue.given_away else "")
    return replace(cue, reason=words + extra)


def stray(kind: CueKind, knowledge: KnowledgeBase, *, ok: bool, near: str | None) -> str:
    """Return why an act that no cue asked for is right or wrong."""
    if ok:
        return _ALSO_RIGHT[kind]
    if near is not None:
        return f"「{knowledge.programme_name(near)}」に近い制度です。"
    if kind == "danger":
        return "この相談の言葉には、この危険のサインがありません。"
    return "この相談の話には、この制度の手がかりがありません。"


def _when(after_s: float | None) -> str:
    return "すぐに" if not after_s or after_s < 1 else f" {after_s:.0f} 秒で"
