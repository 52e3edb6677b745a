"""Whose a value is: the speaker's, one of the family's, a stranger's."""

import pytest

from consult_assist.japanese.people import Person, people_in
from consult_assist.nlp.facts.whose import Reach, owner_of, possessor_of
from tests.unit.nlp.facts.plain_analyzer import facts_in


def _beside_kin(said: str) -> list[str]:
    """Return what is stated beside who belongs to the family."""
    return [fact for fact in facts_in(said) if not fact.startswith("family_member=")]


@pytest.mark.parametrize(
    "said",
    [
        "ママ友が、離婚して養育費を月4万円もらってるって聞いたんですけど",
        "友達は、家賃を3か月ためて、追い出されたんです",
        "会社の先輩がうつ病になって、手当をもらってたので",
        "知人が去年自己破産して、借金が200万円あったそうで",
        "隣の奥さんは、パートで働いてて、子どもが3人いるんです",
        "友だちの息子が、小学3年生で不登校なんですって",
        "上司が10月3日に倒れて、私に仕事が回ってきて",
        "同じアパートの人は、要介護2でヘルパーさんが来てます",
        "近所のおばあちゃんが、身体障害者手帳2級を持っていて",
        "ケアマネさんが産休に入ってしまって",
        "担任の先生が8月に結婚したばかりで",
    ],
)
def test_what_a_stranger_has_is_no_fact(said: str) -> None:
    assert _beside_kin(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "姉が58で、無職なんです",
        "弟の奥さんが、子どもを2人連れて帰ってしまって",
        "甥が小学4年生なんです",
        "妹は、離婚していて、実家にいます",
        "父は国保です",
        "息子夫婦が、去年の春に離婚しました",
        "いとこが、カードで100万円借金してて",
        "叔父が家賃を半年ためていて、保証人の私に来たんです",
        "契約を打ち切られた夫が仕事を見つけるまで",
        "今年の春に旦那の会社が潰れて",
        "仕事をやめた人の紙です",
    ],
)
def test_what_only_the_speaker_can_have_is_no_fact_of_kin(said: str) -> None:
    assert _beside_kin(said) == []


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("私は看護師で、正社員です", "employment=正社員"),
        ("保育士で、パートで働いています", "employment=パート"),
        ("学校の教師で、3月に退職しました", "job_lost=3月"),
        ("無職で頼れる人がいません", "employment=無職"),
        ("うつ病で頼れる人がいません", "illness=うつ病"),
        ("上司が厳しくてうつ病になりました", "illness=うつ病"),
        ("隣の人がうるさくて不眠症", "illness=不眠症"),
        ("主人が会社員なので社保です", "insurance=社保"),
        ("部下もなく、正社員です", "employment=正社員"),
        ("主人が国保で、私も国保です", "insurance=国保"),
        ("夫がパートで、私もパートです", "employment=パート"),
        ("友達が国保で、うちも国保です", "insurance=国保"),
    ],
)
def test_own_work_and_what_others_are_like_leave_a_fact_to_the_speaker(said: str, fact: str) -> None:
    assert fact in facts_in(said)


@pytest.mark.parametrize(
    "said", ["婚約者が借金300万円", "恋人が離婚していて", "親友がうつ病で", "里親が無職で"]
)
def test_who_is_close_and_no_family_owns_what_is_told_of_them(said: str) -> None:
    assert facts_in(said) == []


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("友達の家は家賃が3万円で、うちは6万円です", ["rent_monthly=60000"]),
        ("息子と二人で、54歳です", ["resident_age=54"]),
        ("奥さんと別れて、家賃が5万円です", ["marital=離婚", "rent_monthly=50000"]),
        ("母の介護で仕事を辞めて、困っています", ["employment=無職"]),
        ("ぎっくり腰で整形に3回、私の診察代も戻るって同僚が", ["illness=ぎっくり腰"]),
    ],
)
def test_own_facts_stand_beside_others(said: str, facts: list[str]) -> None:
    assert _beside_kin(said) == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("友達の紹介で、パートで働いています", ["employment=パート"]),
        ("隣の部屋がうるさくて、うつ病になりました", ["illness=うつ病"]),
        ("先生からは、リウマチだと言われています", ["illness=リウマチ"]),
        ("大家さんが、家賃は5万円だと言うんです", ["rent_monthly=50000"]),
        ("子どもは五歳で、夫とは死別しました", ["child_age=5", "marital=死別"]),
    ],
)
def test_who_only_takes_part_owns_nothing(said: str, facts: list[str]) -> None:
    assert _beside_kin(said) == facts


@pytest.mark.parametrize(
    ("text", "value", "owner"),
    [
        ("友達の旦那さんが無職で", "無職", Person.ACQUAINTANCE),
        ("妻の私は専業主婦です", "専業主婦", Person.SELF),
        ("高校生の弟が8歳で", "8歳", Person.SIBLING),
        ("5歳の息子がいます", "5歳", Person.OFFSPRING),
        ("妹に子どもが2人", "子どもが2人", None),
        ("母と二人で暮らして、52歳です", "52歳", None),
        ("友達は借金があって、離婚したそうです", "離婚", Person.ACQUAINTANCE),
        ("友達が離婚して、借金があるそうです", "借金", Person.ACQUAINTANCE),
        ("友達が紹介してくれて、借金があります", "借金", None),
    ],
)
def test_particles_tell_whose_it_is(text: str, value: str, owner: Person | None) -> None:
    start = text.index(value)
    assert owner_of(text, start, start + len(value)) is owner


def test_a_topic_rules_beyond_its_sentence_until_it_hands_back() -> None:
    def owner(text: str) -> Person | None:
        return owner_of(text, len(text) - len("無職"), len(text), Reach.WORK)

    assert owner("夫は運転手です。今は無職") is Person.SPOUSE
    assert owner("夫が運転手です。今は無職") is None
    assert owner("母は認知症で、今は無職") is None
    assert owner_of("妹には子どもが2人", 4, 9, has=True) is Person.SIBLING


def test_a_relative_belongs_to_who_is_named_before() -> None:
    assert possessor_of("夫の母", 2) is Person.SPOUSE
    assert possessor_of("友達の旦那さんの母", 8) is Person.ACQUAINTANCE
    assert possessor_of("高校生の弟", 4) is None
    assert possessor_of("夫と母", 2) is None


def test_a_word_of_another_word_names_nobody() -> None:
    for word in (
        "母子手帳",
        "夫婦",
        "一人親方",
        "近所のスーパー",
        "隣の市",
        "主人公",
        "兄弟",
        "親切",
        "未婚の母",
    ):
        assert not list(people_in(word)), word
    assert [one.person for one in people_in("隣の人と元夫と孫娘と、うちの子")] == [
        Person.ACQUAINTANCE, Person.FORMER, Person.GRANDCHILD, Person.HOME, Person.CHILD,
    ]  # fmt: skip


def test_a_home_named_in_plain_speech_owns_its_children() -> None:
    assert facts_in("弟夫婦んとこに子どもが三人おるから") == ["family_member=弟"]


def test_not_even_one_child_is_none_counted() -> None:
    assert facts_in("子どもは一人もいません") == []
