"""個人番号 never stay in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_assist.counter.masking import (
    DICTATED_LINES,
    covered_digits,
    is_personal_number,
    mask_dictated,
    mask_digits,
    mask_personal_numbers,
    mask_together,
    mask_typed_numbers,
)
from consult_assist.japanese.numerals import digits_of


@pytest.mark.parametrize(
    "number",
    [
        "123456789012",
        "1234 5678 9012",
        "１２３４－５６７８－９０１２",
        "一二三四五六七八九〇一二",
        "1234の5678の9012",
        "1234、5678、9012",
        "1234567890123",
        "1234です。5678です。9012",
        "1234、えーと、5678、9012",
        "一二三四です。えっと五六七八、で、九〇一二",
        "1234、次が5678、最後は9012",
        "0、1、2、3、4、5、6、7、8、9、0、1",
        "0123、はい、4567、はい、8901",
        "080、1 2 3 4、5 6 7 8、9",
        "0900、0000、0001",
        "12ゼロ4、5678、ゼロ012",
        "8ゼロ2132、えーと、328489",
        "12まる4、5678、マル012",
        "1234、最後に5678、ハイ、9018",
        "1234です、はい、どうぞ、5678、次の4桁をお願いします、9012",
        "090、148、297、419",
        "2030-05-44-4622",
        "0123456789、03",
        "9213です。6541、最後は0290です。03-2532-0234",
        "03-1234-5678-99",
        "093 123 4567 83",
        "0123 45 6789 03",
        "12 03 4567 8919",
    ],
)
def test_twelve_digits_are_covered(number: str) -> None:
    text = f"番号は{number}です"
    masked = mask_personal_numbers(text)
    assert digits_of(masked.replace("03-2532-0234", "").replace("4桁", "")) == ""
    assert "ゼロ" not in masked
    assert "まる" not in masked
    assert len(masked) == len(text)
    assert masked.startswith("番号は〓")


@pytest.mark.parametrize(
    "text",
    [
        "電話は090-1234-5678です",
        "ゼロ9ゼロの1234の5678です。はい、ゼロ9ゼロの1234の5678です",
        "電話は090の00000の0000です",
        "57です、080の 0 0 0 0の 1 2 3 4、昼間は出られません",
        "母の0900の0000の0000に",
        "電話は070000000000000000",
        "57です、080の 0 0 0の 1 2 3 4、昼間は出られません",
        "090の148の297の413です",
        "携帯が、080、0000、00000です",
        "ハイ090の000の000の000です",
        "三万円と二万円",
        "2026年11月21日の10時",
        "090-0000-0000、8月10日です",
        "090-0000-0000です。はい、090の0000の0000です。自宅が0466-22-0000です",
        "12万3456円、12万3456円、12万3456円です",
        "54,000、120,000、30,000です",
        "家賃は54000円、収入は120000円、貯金は300000円です",
        "令和8年10月15日、令和8年10月16日、令和8年10月17日",
        "2026-10-15、2026-11-20",
        "1234です。5678です",
        "ゼロ歳の子とゼロ円の1234、56789012円",
        "03-1234-5678です、99です",
        "03-1234-5678、09-1234",
        "0 1 2 0 1 6 8 6 4 8です。はい、0 1 2 0 1 6 8 6 4 8です",
        "ゼロ きゅう ゼロ、いちにーさんし、ごろくななはちです",
        "まるさんのいちにさんしのごろくしちはちです。はい、まるさんのいちにさんしのごろくしちはちです",
        "7209です。3775、にしさんに",
        "いちごをにこ、さんにんでしごとをくじからろくじ、しちはちにんでごにくを1234、5678円",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert mask_personal_numbers(text) == text


@pytest.mark.parametrize(
    ("number", "covered"),
    [
        (
            "いちにさんよん、ごろくななはち、きゅうれいいちに",
            "〓〓〓〓〓〓〓、〓〓〓〓〓〓〓、〓〓〓〓〓〓〓〓",
        ),
        ("いち に さん し です。ごー ろく しち はち です。く まる いち にー", None),
        ("イチニイサン、ヨンゴオロク、シチハチキュウ、ゼロイチニ", None),
        ("いち、に、さん、よん、ご、ろく、なな、はち、きゅう、ゼロ、いち、に", None),
        ("1234、ごろくしちはち、9012", "〓〓〓〓、〓〓〓〓〓〓〓、〓〓〓〓"),
        ("12なな4、5678、9012", "〓〓〓〓〓、〓〓〓〓、〓〓〓〓"),
        ("いちにさんよん、えっと、ににさんご、はい、きゅうれいいちに", None),
    ],
)
def test_digits_written_as_they_sound_are_covered(number: str, covered: str | None) -> None:
    masked = mask_personal_numbers(f"番号は{number}になります")
    assert len(masked) == len(f"番号は{number}になります")
    assert covered is None or masked == f"番号は{covered}になります"
    assert masked.endswith("〓になります")
    assert set(masked[3:-5]) <= set("〓、。 ですえっとはい")


def test_digits_written_as_they_sound_are_covered_over_several_lines() -> None:
    lines = ["番号はいちにさんよんです", "ごろくななはち", "きゅうれいいちにです"]
    now = mask_dictated(lines)
    assert now == ["番号は〓〓〓〓〓〓〓です", "〓〓〓〓〓〓〓", "〓〓〓〓〓〓〓〓です"]
    assert covered_digits("".join(lines), "".join(now)) == "123456789012"


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(mask_personal_numbers(text)) == len(text)


def test_words_with_figures_in_them_do_not_part_a_number() -> None:
    masked = mask_personal_numbers("最初の4桁が1234、一応5678、最後が9012です")
    assert masked == "最初の4桁が〓〓〓〓、一応〓〓〓〓、最後が〓〓〓〓です"


@pytest.mark.parametrize("word", ["分かりました", "名前は", "個人番号です", "年金の"])
def test_a_word_that_begins_like_a_counter_keeps_nothing_open(word: str) -> None:
    assert mask_personal_numbers(f"1234 5678 9012{word}") == f"〓〓〓〓 〓〓〓〓 〓〓〓〓{word}"


def test_a_number_read_out_over_several_utterances_is_covered_in_all_of_them() -> None:
    assert mask_dictated(["番号が1234です。5678です。", "9012です"]) == [
        "番号が〓〓〓〓です。〓〓〓〓です。",
        "〓〓〓〓です",
    ]
    assert mask_together(["番号が1234", "はい", "5678", "9012です"]) == [
        "番号が〓〓〓〓",
        "はい",
        "〓〓〓〓",
        "〓〓〓〓です",
    ]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("電話は090-0000-0000です", "1234です"),
        ("家賃は54000円です", "12万3456円です"),
        ("1234です", "5678です"),
        ("番号は1234 5678 9012です", "はい"),
        ("", "1234 5678 9012"),
    ],
)
def test_what_does_not_go_on_is_left_to_itself(before: str, text: str) -> None:
    assert mask_dictated([before, text]) == [mask_personal_numbers(before), mask_personal_numbers(text)]


def test_what_is_covered_already_counts_as_digits() -> None:
    assert mask_dictated(["番号は〓〓〓〓です", "5678", "〓〓〓〓です"]) == [
        "番号は〓〓〓〓です",
        "〓〓〓〓",
        "〓〓〓〓です",
    ]


def test_a_number_is_followed_over_so_many_lines_and_no_more() -> None:
    digits = ["12"] * 6
    assert mask_dictated(["はい", *digits]) == ["はい", *["〓〓"] * 6]
    far_apart = ["123456", *["はい"] * DICTATED_LINES, "789012"]
    assert mask_dictated(far_apart) == far_apart


@given(st.lists(st.text(alphabet="01一、。です円-〓゛ ")))
def test_texts_masked_together_keep_their_lengths(texts: list[str]) -> None:
    assert [len(text) for text in mask_together(texts)] == [len(text) for text in texts]


def test_the_check_digit_tells_a_number_from_other_twelve_digits() -> None:
    covered = "〓〓〓〓-〓〓〓〓-〓〓〓〓"
    assert is_personal_number("123456789018")
    assert is_personal_number("111111111118")
    assert not is_personal_number("123456789012")
    assert not is_personal_number("12345678901")
    assert mask_typed_numbers("番号 1234-5678-9018 と 123456789012") == f"番号 {covered} と 123456789012"
    assert mask_typed_numbers("１２３４５６７８９０１８") == "〓" * 12


@pytest.mark.parametrize("figures", ["1234", "0567"])
def test_a_long_column_of_figures_that_is_pasted_stays_and_holds_nobody_up(figures: str) -> None:
    column = "\n".join([figures] * 3000)  # trying all stretches of it would take an hour
    assert mask_typed_numbers(column) == column
    assert mask_typed_numbers(f"{column}\n1234-5678-9018").endswith("\n〓〓〓〓-〓〓〓〓-〓〓〓〓")


def test_the_digits_of_a_covered_number_are_found_elsewhere_but_amounts_stay() -> None:
    digits = covered_digits("番号は八三９２、5万円", "番号は〓〓〓〓、5万円")
    assert digits == "8392"
    assert mask_digits("8392です。83、92、2人で8392円", digits) == "〓〓〓〓です。〓〓、〓〓、2人で8392円"
