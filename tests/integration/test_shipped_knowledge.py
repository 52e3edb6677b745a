"""The knowledge that ships with the program, as the office will get it."""

import pytest

from consult_assist.domain.knowledge import KnowledgeBase
from consult_assist.knowledge.report import fault_line
from consult_assist.nlp.search.knowledge_search import KnowledgeSearch

PROTOCOLS = {"dv", "child-abuse", "elder-abuse", "disability-abuse", "suicide", "destitution"}
FIELDS = ["reception", "chief_complaint", "hearing", "opinion", "guidance", "response", "next"]


@pytest.fixture(scope="module")
def knowledge(shipped_knowledge: KnowledgeBase) -> KnowledgeBase:
    return shipped_knowledge


def test_no_faults(knowledge: KnowledgeBase) -> None:
    assert [fault_line(fault) for fault in knowledge.faults] == []


def test_the_counter_is_covered(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.programmes) >= 40
    assert set(knowledge.protocols) == PROTOCOLS


def test_every_figure_has_its_date_and_level(knowledge: KnowledgeBase) -> None:
    amounts = [amount for programme in knowledge.programmes.values() for amount in programme.amounts]
    assert len(amounts) > 100
    assert all(amount.as_of and amount.level for amount in amounts)
    assert all(amount.source_urls or amount.level != "公的" for amount in amounts)


def test_every_url_is_one(knowledge: KnowledgeBase) -> None:
    sources = [source for programme in knowledge.programmes.values() for source in programme.sources]
    sources += [source for protocol in knowledge.protocols.values() for source in protocol.sources]
    amounts = [amount for programme in knowledge.programmes.values() for amount in programme.amounts]
    urls = [source.url for source in sources] + [url for amount in amounts for url in amount.source_urls]
    assert [url for url in urls if not url.startswith(("https://", "http://"))] == []


def test_programmes_can_be_read_at_a_glance(knowledge: KnowledgeBase) -> None:
    for programme in knowledge.programmes.values():
        assert len(programme.summary) <= 40, programme.id
        assert len(programme.questions) >= 2, programme.id
        assert all(len(question) <= 40 for question in programme.questions), programme.id
        assert programme.cues, programme.id
        assert programme.documents, programme.id
        assert programme.contacts, programme.id
        assert programme.checked_on is not None, programme.id


def test_a_name_stands_for_one_programme(knowledge: KnowledgeBase) -> None:
    names = [name.text for programme in knowledge.programmes.values() for name in programme.names]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_everyday_words_are_no_names(knowledge: KnowledgeBase) -> None:
    names = {name.text for programme in knowledge.programmes.values() for name in programme.names}
    assert names.isdisjoint({"保護", "身体", "手帳", "借金", "滞納", "ヘルパー", "福祉", "居場所", "無償化"})


def test_protocols_say_what_to_do_first(knowledge: KnowledgeBase) -> None:
    for protocol in knowledge.protocols.values():
        assert len(protocol.steps[0]) <= 25, protocol.id
        assert len(protocol.steps) >= 4, protocol.id
        assert protocol.contacts, protocol.id
        assert all(contact in knowledge.contacts for contact in protocol.contacts), protocol.id
        assert len(protocol.cues) >= 5, protocol.id


def test_national_numbers_have_a_source_and_local_ones_no_number(knowledge: KnowledgeBase) -> None:
    for contact in knowledge.contacts.values():
        if contact.local:
            assert contact.number is None, contact.id
        else:
            assert contact.number, contact.id
            assert contact.source is not None, contact.id


def test_what_the_facts_do_not_hold_is_said(knowledge: KnowledgeBase) -> None:
    protocol = knowledge.protocols["disability-abuse"]
    assert any("事務所の連絡先に登録" in gap for gap in protocol.gaps)
    assert knowledge.contacts["disability-abuse-center"].number is None


def test_the_standard_form_fills_itself(knowledge: KnowledgeBase) -> None:
    fields = knowledge.templates["madoguchi"].fields
    assert [field.name for field in fields] == FIELDS
    assert [field.fill or "opinion" for field in fields] == FIELDS
    assert all(field.hint for field in fields)


def test_the_vocabulary_repeats_no_name(knowledge: KnowledgeBase) -> None:
    names = {name.text for programme in knowledge.programmes.values() for name in programme.names}
    assert [word.text for word in knowledge.vocabulary if word.text in names] == []


def test_every_form_leaves_what_is_the_clerk_s_to_the_clerk(knowledge: KnowledgeBase) -> None:
    """The opinion has no rule, 申請の意思 is only quoted beside, and nothing heard is lost."""
    for form in knowledge.templates.values():
        fields = {field.name: field for field in form.fields}
        assert (fields["opinion"].fill, fields["opinion"].facts) == (None, ())
        assert fields["hearing"].fill == "hearing"
        claimed = [name for field in form.fields for name in field.facts]
        assert len(claimed) == len(set(claimed)), form.id
        assert form.note, form.id
    intent = {field.name: field for field in knowledge.templates["seikatsu-hogo"].fields}["intent"]
    assert (intent.fill, intent.type, intent.required) == ("intent", "choice", True)


def test_only_forms_taken_from_an_official_one_say_so(knowledge: KnowledgeBase) -> None:
    official = {form.id for form in knowledge.templates.values() if form.official}
    assert official == {"seikatsu-konkyuu", "jidou-gyakutai"}
    assert all(form.sources for form in knowledge.templates.values() if form.id != "madoguchi")
    assert all(form.note.startswith("【案】") for form in knowledge.templates.values() if not form.official)


def test_a_search_finds_what_is_half_typed_or_mistyped_and_nothing_for_nonsense(
    knowledge: KnowledgeBase,
) -> None:
    search = KnowledgeSearch(knowledge)
    found = (
        "じど",
        "jidouf",
        "しゅうがくえ",
        "自動扶養手当",
        "せいかほご",
        "yokuikuhi",
        "サラ金から何社も",
        "189",
    )
    assert [text for text in found if not search.find(text, 20)] == []
    nonsense = (
        "ああああ",
        "んんん",
        "ｗｗｗ",
        "ぱぴぷぺぽ",
        "あいうえお",
        "asdf",
        "qwerty",
        "ぶぽぺぞげぽ",
        "彅彁",
    )
    assert [text for text in nonsense if search.find(text, 20)] == []
    beside = [hit.id for hit in search.find("就学援助 ぱぴぷぺぽ", 20)]
    assert beside[:1] == ["shuugaku-enjo"]
