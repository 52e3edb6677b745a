"""What people read of the models that were measured."""

from consult_assist.cli.model_advice import text_from_advice
from consult_assist.models.advice import Advice, Candidate, Pace, judge, recommend
from consult_assist.models.machine import Machine


def test_the_table_says_what_was_measured_and_what_is_expected() -> None:
    pace = Pace(finals=0.1, drafts=0.2, wait_s=0.6)
    candidates = [
        Candidate(name="base", installed=True, needs_bytes=220_000_000, pace=pace),
        Candidate(name="small", installed=False, needs_bytes=390_000_000),
        Candidate(name="own", installed=False, needs_bytes=390_000_000),
    ]
    machine = Machine(cores=2, free_bytes=None)
    models = judge(candidates, machine)
    advice = Advice(
        machine=machine,
        device="CPU、int8",
        notice="GPU で認識できません。",
        threads=1,
        faster_threads=2,
        models=models,
        sentence=recommend(models, "base"),
    )
    first, notice, processors, _, base, small, own, _, sentence = text_from_advice(advice).splitlines()
    assert first == "CPU 2 コア、空いているメモリー 分かりません、認識は CPU、int8"
    assert notice == "GPU で認識できません。"
    assert processors == "認識に使う CPU は 1（設定 threads = 2 にすると速くなります）"
    assert base.split() == [
        "base",
        "あり",
        "0.30",
        "秒（0.20）",
        "0.6",
        "秒",
        "0.2",
        "GB",
        "会話に追いつきます",
    ]
    assert "見込み: 会話に追いつきます（途中の文字はまばら）" in small
    assert "測れません" in own
    assert sentence == advice.sentence
