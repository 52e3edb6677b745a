"""The search over the knowledge: half words, errors, everyday words, and the reason that is given."""

from dataclasses import replace

import pytest

from consult_assist.domain.knowledge import (
    Amount,
    Contact,
    DangerProtocol,
    Name,
    Programme,
)
from consult_assist.domain.search import Hit, HitKind, Why
from consult_assist.nlp.search.knowledge_search import KnowledgeSearch
from consult_assist.nlp.search.search_lines import shown_cue
from tests.nothing_known import NOTHING_KNOWN


def _programme(programme_id: str, *names: str, **given: tuple[str, ...]) -> Programme:
    return Programme(
        id=programme_id,
        name=names[0],
        category="",
        summary="",
        names=tuple(Name(text=name) for name in names),
        **given,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def search() -> KnowledgeSearch:
    """A search over a handful of entries."""
    programmes = [
        _programme(
            "fuyou",
            "児童扶養手当",
            "母子手当",
            examples=("旦那が出ていって子どもと二人です", "離婚したので毎月のお金をもらいたいです"),
            cues=("夫|旦那 いなくなる|蒸発 !暴力",),
            unverified=("市の上乗せ",),
        ),
        _programme("tokubetsu", "特別児童扶養手当", examples=("障害のある子を育てています",)),
        _programme("jidou", "児童手当", examples=("赤ちゃんが生まれました",)),
        _programme(
            "enjo",
            "就学援助",
            examples=("児童扶養手当の家は給食費が安いですか", "給食費が払えません"),
            documents=("源泉徴収票",),
        ),
        _programme("yachin", "住居確保給付金", examples=("来月の家賃が払えません",)),
        _programme("youiku", "養育費"),
        _programme("iryou", "養育医療"),
    ]
    protocol = DangerProtocol(
        id="dv",
        title="配偶者からの暴力",
        steps=("今の安全を聞く",),
        contacts=(),
        cues=("夫|旦那 殴られる|蹴られる !友達",),
    )
    contact = Contact(id="navi", name="DV相談ナビ", number="#8008", note="最寄りの相談窓口へ")
    return KnowledgeSearch(
        replace(
            NOTHING_KNOWN,
            programmes={item.id: item for item in programmes},
            protocols={"dv": protocol},
            contacts={"navi": contact},
        )
    )


def _first(search: KnowledgeSearch, query: str) -> Hit:
    return search.find(query, 5)[0]


@pytest.mark.parametrize(
    "query",
    [
        *("児童扶養手当", "じどうふようてあて", "zidouhuyouteate", "jidoufuyouteate"),
        *("jidouf", "じどうふ", "児童ふ", "じどうｆ"),
        *("自動扶養手当", "児童不要手当", "じどうふようてあえ", "児童扶養手手当", "jiodufuyouteate"),
        *("母子手", "ぼしてあて", "旦那が出て行って", "だんながでていって"),
    ],
)
def test_a_programme_is_found_however_it_is_typed(search: KnowledgeSearch, query: str) -> None:
    assert _first(search, query).id == "fuyou"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        *(("児童手", "jidou"), ("とくべつ", "tokubetsu"), ("就学演助", "enjo"), ("養育い", "iryou")),
        *(("よういくひ", "youiku"), ("払えない 家賃", "yachin"), ("家賃を払えなくて", "yachin")),
        *(("源泉徴収", "enjo"), ("8008", "navi"), ("夫に蹴られる", "dv")),
    ],
)
def test_the_nearest_comes_first(search: KnowledgeSearch, query: str, wanted: str) -> None:
    assert _first(search, query).id == wanted


@pytest.mark.parametrize(
    ("query", "why", "line"),
    [
        ("母子手当", Why.NAME, "母子手当"),
        ("ぼして", Why.READING, "ぼしてあて"),
        ("ぼしてあた", Why.ALIKE, "母子手当"),
        ("旦那が出て行った", Why.EXAMPLE, "旦那が出ていって子どもと二人です"),
        ("旦那が蒸発", Why.CUE, "旦那 ＋ 蒸発"),
    ],
)
def test_the_reason_is_the_line_that_matched(
    search: KnowledgeSearch, query: str, why: Why, line: str
) -> None:
    hit = _first(search, query)
    assert (hit.id, hit.why, hit.line) == ("fuyou", why, line)


def test_words_that_must_not_occur_are_not_searched(search: KnowledgeSearch) -> None:
    assert all("友達" not in hit.line for hit in search.find("友達", 5))


def test_a_cue_may_be_written_in_full_width_and_forbid_a_word_in_its_middle() -> None:
    search = KnowledgeSearch(
        replace(
            NOTHING_KNOWN,
            programmes={"rikon": _programme("rikon", "養育費", cues=("別居　！性格｜浮気　手続き｜届け",))},
        )
    )
    assert search.find("浮気", 5) == []
    hit = _first(search, "別居の手続き")
    assert (hit.why, hit.line) == (Why.CUE, "別居 ＋ 手続き")


def test_what_is_not_verified_is_marked(search: KnowledgeSearch) -> None:
    marked = {hit.id for hit in search.find("児童手当", 9) if hit.unverified}
    assert marked == {"fuyou"}


@pytest.mark.parametrize("query", ["", "  ", "、。", "〓", "ぬぬぬぬぬ"])
def test_nothing_is_found_for_nothing(search: KnowledgeSearch, query: str) -> None:
    assert search.find(query, 5) == []


def test_of_a_long_text_the_beginning_is_searched(search: KnowledgeSearch) -> None:
    assert _first(search, "就学援助 " + "給食費が払えません。" * 2000).id == "enjo"


def test_an_empty_base_finds_nothing() -> None:
    empty = NOTHING_KNOWN
    assert KnowledgeSearch(empty).find("児童", 5) == []


def test_an_unverified_figure_marks_the_programme() -> None:
    programme = Programme(
        id="a",
        name="手当",
        category="",
        summary="",
        names=(Name(text="手当"),),
        amounts=(Amount(text="月1万円", as_of="令和8年", level="未確認"),),
    )
    base = replace(NOTHING_KNOWN, programmes={"a": programme})
    (hit,) = KnowledgeSearch(base).find("手当", 5)
    assert (hit.kind, hit.unverified) == (HitKind.PROGRAMME, True)


def test_a_cue_is_shown_without_the_signs_of_its_language() -> None:
    assert shown_cue("@年寄り|「祖母」 食事 @相手が怖い", ["年寄"]) == "年寄り ＋ 食事 ＋ 相手が怖い"
