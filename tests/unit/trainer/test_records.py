"""A value counts however it is written; a wrong one is named."""

import pytest

from consult_assist.domain.exercise import FactScored, FactState
from consult_assist.domain.record import FieldEdited, LineKind, RecordLine
from consult_assist.trainer.records import plain_text, score_facts
from tests.unit.trainer.exercises import EXERCISE, line, wrote

W, P, C, M = FactState.WRITTEN, FactState.PARTLY, FactState.CONTRADICTED, FactState.MISSING


def judged(facts: list[tuple[str, int | str]], *texts: str) -> list[FactScored]:
    lines = (line(1, "resident", 0, 5, "はい。", facts=facts),)
    exercise = type(EXERCISE)(id="01", title="", level=1, goals=("",), lines=lines)
    return list(score_facts(exercise, [wrote(*texts)], heard_s=5.0))


@pytest.mark.parametrize(
    ("name", "value", "text", "state"),
    [
        ("rent_monthly", 52000, "家賃は月5万2千円", W),
        ("rent_monthly", 52000, "家賃：５万２千円", W),
        ("rent_monthly", 52000, "家賃52,000円、収入なし", W),
        ("rent_monthly", 52000, "家賃 五万二千円", W),
        ("rent_monthly", 52000, "家賃 5.2万", W),
        ("rent_monthly", 52000, "家賃は、5万2千円", W),
        ("rent_monthly", 52000, "家賃6万2千円", C),
        ("rent_monthly", 52000, "収入52,000円", P),
        ("rent_monthly", 52000, "家賃が払えない", M),
        ("income_monthly", 120000, "手取り12万円くらい、家賃5万2千円", W),
        ("support_payment", "なし", "養育費は受け取っていない", W),
        ("support_payment", "なし", "養育費：なし", W),
        ("support_payment", "なし", "養育費 月3万円", C),
        ("support_payment", "なし", "手帳はなし", M),
        ("support_payment", 30000, "養育費なし", C),
        ("children", 2, "子２人", W),
        ("children", 2, "子どもふたりと三人暮らし", W),
        ("children", 2, "子ども3人", C),
        ("children", 2, "母子3人世帯", M),
        ("child_age", 8, "長女（8歳）", W),
        ("child_age", 8, "長女（八歳、小2）", W),
        ("child_age", 8, "長女（9歳）", C),
        ("arrears_months", 3, "家賃を三ヶ月滞納", W),
        ("arrears_months", 3, "家賃を2か月分滞納", C),
        ("event_date", "2026-10-15", "令和8年10月15日に離婚", W),
        ("event_date", "2026-10-15", "R8.10.15 離婚届", W),
        ("event_date", "2026-10-15", "2026-10-15", W),
        ("event_date", "2026-10-15", "令和八年十月十五日", W),
        ("event_date", "2026-10-15", "10月15日に離婚", P),
        ("event_date", "2026-10-15", "令和8年10月に離婚", P),
        ("event_date", "2026-10-15", "令和7年10月15日に離婚", M),
        ("event_date", "令和8年10月15日", "2026-10-15に離婚", W),
        ("phone", "09000000000", "電話 090-0000-0000", W),
        ("phone", "09000000000", "電話 090-0000-0001", M),
        ("phone", "［電話番号1］", "住まいは1階", M),
        ("phone", "［電話番号1］", "電話は［電話番号1］", W),
        ("name", "山田花子", "山田　花子さん", W),
        ("name", "山田花子", "山田華子", P),
        ("name", "山田花子", "田中一郎", M),
        ("school_year", "小学2年生", "長女は小２", W),
        ("school_year", "小学2年生", "長女は小3", C),
        ("employment", "無職", "現在は仕事をしていない", W),
        ("employment", "パート", "スーパーでパート勤務", W),
        ("care_level", "要介護2", "母は要介護２", W),
        ("care_level", "要介護2", "母は要介護3", C),
        ("family_member", "母", "母親と同居", W),
        ("family_member", "母", "母子世帯", M),
        ("family_member", "夫", "夫婦で相談", M),
        ("job_lost", "8月の末", "8月末に離職", W),
        ("illness", "ぜんそく", "下の子が喘息", M),
        ("rent_monthly", "［金額1］", "家賃［金額1］", W),
    ],
)
def test_how_a_value_may_be_written(name: str, value: int | str, text: str, state: FactState) -> None:
    (found,) = judged([(name, value)], text)
    assert found.state is state, found
    assert (found.written is None) == (state is M)


def test_the_facts_of_a_record_are_judged_each_for_itself() -> None:
    facts: list[tuple[str, int | str]] = [("child_age", 8), ("child_age", 3), ("income_monthly", 120000)]
    found = judged(facts, "子は8歳と4歳", "家賃12万円")
    assert [item.state for item in found] == [W, C, P]
    assert "話とちがいます" in found[1].reason


def test_the_kind_of_school_is_said_once_for_two_children() -> None:
    facts: list[tuple[str, int | str]] = [("school_year", "小学4年生"), ("school_year", "小学1年生")]
    assert [item.state for item in judged(facts, "小学4年生と、1年生")] == [W, W]
    assert [item.state for item in judged(facts, "小4の子がいる")] == [W, M]
    assert [item.state for item in judged(facts, "小4と小2")] == [W, C]


def test_the_right_age_of_one_is_no_contradiction_of_another() -> None:
    found = judged([("child_age", 8), ("resident_age", 34)], "本人34歳")
    assert [item.state for item in found] == [M, W]


def test_a_field_stands_as_it_was_edited_last() -> None:
    exercise = EXERCISE
    events = [wrote("家賃6万円"), wrote("家賃5万2千円"), wrote("離婚", field="chief_complaint")]
    states = {item.name: item.state for item in score_facts(exercise, events, heard_s=80.0)}
    assert states == {"marital": W, "children": M, "rent_monthly": W}


def test_what_was_not_heard_yet_is_not_missing_unless_it_is_written() -> None:
    found = score_facts(EXERCISE, [wrote("家賃5万2千円")], heard_s=10.0)
    assert [item.state for item in found] == [FactState.UNHEARD, FactState.UNHEARD, W]


def test_a_mark_of_the_form_is_no_record() -> None:
    mark = RecordLine(text="離婚", kind=LineKind.NOT_ASKED)
    edit = FieldEdited(field="hearing", before=(), after=(mark,), by="研修生")
    assert {item.state for item in score_facts(EXERCISE, [edit], heard_s=80.0)} == {M}


def test_numbers_are_read_however_they_are_written() -> None:
    assert plain_text("５万２千円と52,000円と三人とふたり") == "52000円と52000円と3人と2人"
