"""Lines of the draft that a supervisor would strike or mend: what each rule changes and what it keeps."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from consult_assist.domain.events import Event
from consult_assist.domain.guidance import Alert
from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import FieldEdited, LineKind, RecordLine
from consult_assist.domain.speech import Revision, Speaker, Utterance
from consult_assist.record.builder import build_record
from consult_assist.record.condensing import condense
from consult_assist.record.evidence import gather_evidence
from consult_assist.record.span_projection import spoken_span
from tests.nothing_known import NOTHING_KNOWN
from tests.unit.record.talk import clerk, cue, fact, said

FORM = Template(
    id="f",
    name="窓口標準",
    fields=(
        TemplateField(name="complaint", label="主訴", fill="chief_complaint"),
        TemplateField(name="hearing", label="聴取内容", fill="hearing"),
        TemplateField(name="next", label="次回", fill="next"),
    ),
)
KNOWLEDGE = replace(NOTHING_KNOWN, templates={"f": FORM})
COMPLAINTS: list[Event] = [
    said(0, "生活が苦しくて、困っています。"),
    said(1, "生活が苦しくて、困っています。"),
]
"""So that what follows is no chief complaint."""


def lines(events: Sequence[Event], name: str = "hearing") -> list[RecordLine]:
    record = build_record(events, template=FORM, knowledge=KNOWLEDGE)
    return [line for item in record.fields if item.name == name for line in item.lines]


def texts(events: Sequence[Event], name: str = "hearing") -> list[str]:
    return [line.text for line in lines(events, name)]


def soon(number: int, text: str) -> Utterance:
    """Return a line that follows the one before it at once."""
    return replace(said(number, text), start_s=number * 10.0 - 4)


def telling(*utterances: Utterance) -> list[Event]:
    return [*COMPLAINTS, *utterances, *(cue(item) for item in utterances if item.speaker is Speaker.RESIDENT)]


def test_fillers_go_from_the_edges_of_a_quotation_and_from_nowhere_else() -> None:
    events = [said(1, "えっと、あの、離婚して、あの、生活が苦しいんです、えっと。")]

    assert texts(events, "complaint") == ["「離婚して、あの、生活が苦しいんです」"]


@pytest.mark.parametrize(
    ("heard", "quoted"),
    [
        ("あの仕事がなくなって困っています。", "「仕事がなくなって困っています」"),
        ("あの人のことで困っています。", "「あの人のことで困っています」"),
    ],
)
def test_what_the_first_words_point_at_is_nothing_yet(heard: str, quoted: str) -> None:
    again = said(3, heard)

    assert texts([said(1, "はい。"), said(2, heard), again], "complaint")[0] == quoted
    assert texts([said(1, "困っています。"), again], "complaint")[1] == f"「{heard.removesuffix('。')}」"


def test_what_the_resident_asks_stands_as_asked() -> None:
    events = telling(
        said(2, "それは借りるお金ですか。"),
        said(3, "貸付ということは、返すんですよね。"),
        said(4, "断られたというか、こっちがやめたっていうか。"),
    )

    assert texts(events) == [
        "「それは借りるお金ですか」",
        "「貸付ということは、返すんですよね」",
        "断られたというか、こっちがやめたっていうか",
    ]
    assert [line.kind for line in lines(events)][:2] == [LineKind.QUOTED, LineKind.QUOTED]


def test_a_short_answer_stands_with_its_question() -> None:
    asked, answer = clerk(2, "そうですか。今は、どちらにお住まいですか。"), said(3, "いえ。")

    (line,) = lines(telling(asked, answer))

    assert line.text == "「今は、どちらにお住まいですか」→「いえ」"
    assert (line.kind, line.utterance_ids) == (LineKind.QUOTED, ("u3", "u2"))
    assert texts(telling(asked, said(3, "友達の家から、車までです。"))) == [
        "「今は、どちらにお住まいですか」→「友達の家から、車までです」"
    ]


def test_a_short_answer_does_not_go_on_in_a_question_of_one_s_own() -> None:
    asked, answer = clerk(2, "今、ご一緒にお住まいですか。"), said(3, "一緒に。")

    assert texts(telling(asked, answer, soon(4, "やっぱり、だめなんでしょうか。"))) == [
        "「今、ご一緒にお住まいですか」→「一緒に」",
        "「やっぱり、だめなんでしょうか」",
    ]


def test_an_answer_that_says_something_by_itself_stands_alone() -> None:
    assert texts(telling(clerk(2, "おけがはありませんか。"), said(3, "腕にあざがあります。"))) == [
        "腕にあざがある"
    ]


def test_of_two_questions_nobody_knows_which_one_is_answered() -> None:
    two = clerk(2, "お仕事はされていますか。ご家族はいらっしゃいますか。")

    assert texts(telling(two, said(3, "工場です。"))) == ["工場"]


@pytest.mark.parametrize("heard", ["いえ。", "はい、そうです。", "どこから話せばいいのか。", "公園の。"])
def test_what_says_nothing_without_its_question_is_left_out(heard: str) -> None:
    assert texts(telling(clerk(2, "わかりました。"), said(3, heard))) == ["未聴取"]
    assert texts([said(3, heard), cue(said(3, heard))], "complaint") == ["未聴取"]


def test_a_sum_alone_is_kept() -> None:
    assert texts(telling(said(2, "6万。"))) == ["6万"]


def test_a_danger_answered_with_one_word_stands_with_its_question() -> None:
    asked, answer = clerk(2, "死にたいと思うことはありますか。"), said(3, "はい。")

    assert texts([*COMPLAINTS, asked, answer, Alert(protocol="suicide", utterance_id="u3")]) == [
        "「死にたいと思うことはありますか」→「はい」"
    ]


def test_a_question_with_its_answer_can_be_played_and_says_when_either_changes() -> None:
    asked, answer = clerk(2, "今は、どちらにお住まいですか。"), said(3, "車です。")
    events = telling(asked, answer)
    (line,) = lines(events)
    evidence = gather_evidence(events)
    assert spoken_span(line, "u2", evidence, str) == (0, len(asked.text) - 1)
    assert spoken_span(line, "u3", evidence, str) == (0, len(answer.text) - 1)

    kept = FieldEdited(field="hearing", before=(line,), after=(line,), by="佐藤")
    same = Revision(utterance_id="u3", revision=1, text="車です。はい。", by="again")
    other = Revision(utterance_id="u3", revision=1, text="実家です。", by="again")
    assert texts([*events, kept, same])[0] == line.text
    assert f"{line.text}（根拠の発言が変わりました）" in texts([*events, kept, other])


def test_a_sentence_that_says_no_more_than_its_facts_is_left_out() -> None:
    rent = said(2, "家賃は4万8千円で、3か月分です。")
    events = telling(rent)
    events += [fact(rent, "rent_monthly", 48_000, "4万8千円"), fact(rent, "arrears_months", 3, "3か月分")]

    assert texts(events) == ["家賃：月4万8千円", "滞納：3か月分"]
    work = said(2, "派遣なんで。")
    assert texts([*telling(work), fact(work, "employment", "派遣", "派遣")]) == ["仕事：派遣"]


@pytest.mark.parametrize(
    "heard",
    [
        "家賃は5万円で、正直、苦しいです。",
        "去年の家賃は5万円です。",
        "家賃は5万円でした。",
        "家賃は5万円ではありません。",
        "家賃は5万円ですよね。",
        "アパートの家賃は5万円です。",
    ],
)
def test_a_sentence_that_says_more_stays(heard: str) -> None:
    rent = said(2, heard)

    assert len(texts([*telling(rent), fact(rent, "rent_monthly", 50_000, "5万円")])) == 2


def test_a_date_in_the_words_of_a_fact_is_not_lost_with_them() -> None:
    died = said(2, "夫が、去年亡くなってね。")

    assert texts([*telling(died), fact(died, "marital", "死別", "夫が、去年亡くなって")]) == [
        "婚姻：死別",
        "夫が、去年亡くなってね",
    ]


def test_an_answer_with_nothing_but_a_fact_is_no_complaint() -> None:
    first, when = said(1, "仕事がなくなって、困っています。"), said(3, "8月の末です。")
    events: list[Event] = [first, clerk(2, "いつのことですか。"), when, said(4, "家賃も払えません。")]
    events.append(fact(when, "job_lost", "8月の末", "8月の末"))

    assert texts(events, "complaint") == ["「仕事がなくなって、困っています」", "「家賃も払えません」"]
    opening = said(1, "失業しました。")
    assert texts([clerk(0, "どうされましたか。"), opening, fact(opening, "job_lost", "失業", "失業")]) == [
        "離職：失業"
    ]
    assert texts(
        [clerk(0, "どうされましたか。"), opening, fact(opening, "job_lost", "失業", "失業")], "complaint"
    ) == ["「失業しました」"]


def test_a_day_stands_in_its_sentence() -> None:
    filed = said(2, "届けは10月15日に出しました。")
    events: list[Event] = [*COMPLAINTS, filed, fact(filed, "event_date", "2026-10-15", "10月15日")]
    assert texts(events) == ["届けは10月15日に出した"]

    when = said(3, "今月の7日、土曜です。")
    answered: list[Event] = [*COMPLAINTS, clerk(2, "いつのことですか。"), when]
    assert texts([*answered, fact(when, "event_date", "今月の7日", "今月の7日")]) == [
        "「いつのことですか」→「今月の7日、土曜です」"
    ]


def test_everyone_who_was_spoken_of_stands_in_one_line() -> None:
    children, mother = said(2, "長女と長男がいます。"), said(3, "母は働いています。")
    events: list[Event] = [
        *COMPLAINTS,
        children,
        fact(children, "family_member", "長女", "長女"),
        fact(children, "family_member", "長男", "長男"),
        fact(children, "children", 2, "長女と長男"),
        mother,
        fact(mother, "family_member", "母", "母"),
    ]

    assert [(line.text, line.utterance_ids) for line in lines(events)] == [
        ("家族など：長女、長男、母", ("u2", "u3")),
        ("子の人数：2人", ("u2",)),
    ]


def test_a_clause_that_hangs_goes_on_in_what_is_told_anyway() -> None:
    parts = said(2, "学校から電話があって。"), soon(3, "遅刻が多いって。"), soon(4, "今月だけで8回。")
    assert texts(telling(*parts)) == ["学校から電話があって、遅刻が多いって、今月だけで8回"]

    question = soon(3, "それは、だめですか。")
    assert texts(telling(parts[0], question)) == ["学校から電話があって", "「それは、だめですか」"]
    long = soon(3, "それで、" + "先生も、" * 20 + "困っていました。")
    assert len(texts(telling(parts[0], long))) == 2
    assert texts([*telling(parts[0]), soon(3, "すみませんね。")]) == ["学校から電話があって"]


def test_an_utterance_that_ends_with_a_comma_goes_on() -> None:
    parts = said(2, "来年の春、"), soon(3, "制服に6万円かかります。")

    assert texts(telling(*parts)) == ["来年の春、制服に6万円かかります"]


def test_a_bare_answer_is_no_beginning_of_what_was_arranged() -> None:
    assert texts([said(1, "はい、"), soon(2, "木曜にまた来ます。")], "next") == ["木曜にまた来る"]


@pytest.mark.parametrize(
    ("heard", "record"),
    [
        ("親戚にも、知られたくなくて。", "親戚にも、知られたくない"),
        ("病院代がかかっていて。", "病院代がかかっている"),
        ("皮膚科に通ってて。", "皮膚科に通ってる"),
        ("お湯を捨てて。", "お湯を捨てて"),
        ("それが心配で。", "それが心配"),
        ("兄がいますけど、知られたくないんで。", "兄がいるけど、知られたくない"),
        ("店をたたんで。", "店をたたんで"),
        ("行くところもないし。", "行くところもない"),
        ("住んでいるのは、わたし。", "住んでいるのは、わたし"),
        ("私が、だらしないから。", "私が、だらしないから"),
        ("5万4千、あ、5万6千です。", "5万4千、あ、5万6千"),
        ("あ、その、申請したら、こう、困って。", "申請したら、困って"),
        ("離職票は届きました。", "離職票は届いた"),
        ("相談員を呼んできます。", "相談員を呼んでくる"),
        ("紙を入れておきますね。", "紙を入れておく"),
        ("去年、母が死にました。", "去年、母が死んだ"),
    ],
)
def test_what_hangs_is_closed_only_where_its_end_is_certain(heard: str, record: str) -> None:
    assert condense(heard) == record
