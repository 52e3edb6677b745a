"""Keys that work while the Japanese input method is on: function keys and a few with Ctrl."""

from textual.binding import Binding, BindingType


def key(name: str, action: str, label: str, explanation: str, *, show: bool = True) -> Binding:
    """Return a binding that works in every field; `explanation` is what F1 shows.

    Args:
        name: as Textual names it, such as `f5` or `ctrl+t`.
        action: name of the action.
        label: two or three characters for the footer.
        explanation: one plain sentence.
        show: whether the footer shows it.
    """
    display = name.upper().replace("CTRL", "Ctrl")
    return Binding(name, action, label, show=show, key_display=display, priority=True, tooltip=explanation)


HELP = key("f1", "help", "使い方", "この画面で使えるキーの説明を出します。")
VEIL = key(
    "f12",
    "app.veil",
    "伏せる",
    "画面の内容をすべて隠します。もう一度押すと戻ります。来庁者に画面が見えそうなときに。",
)
BACK = key("f9", "back", "戻る", "前の画面に戻ります。")
ESCAPE = Binding("escape", "back", "戻る", show=False)


def page_keys(*own: BindingType) -> list[BindingType]:
    """Return the keys of a page: help, its own, then the way back and the veil."""
    return [HELP, *own, BACK, VEIL, ESCAPE]


SEARCH = key(
    "f8",
    "search",
    "検索",
    "制度、危険時の手順、電話番号を探します。名前の一部、読み、ローマ字、相談に来た方の言い方で見つかります。",
)
LEDGER_KEYS = (
    key("f3", "mark('told')", "説明済", "この制度を説明したことを残します。"),
    key("f4", "mark('check')", "要確認", "この制度をあとで確かめることを残します。"),
    key("f5", "not_applicable", "対象外", "この制度が対象外であることを、理由とともに残します。"),
)
LEDGER_ACTS = frozenset({"mark", "not_applicable"})
# A line that was not recognised names F4 itself, and what is left to read back Ctrl+R, which 80 cells have no
# room for; F7 and Ctrl+R take turns.
COUNTER_KEYS: tuple[Binding, ...] = (
    HELP,
    key(
        "f2",
        "details",
        "詳細",
        "案内している制度の詳しい内容を出します。危険のサインが出ている間は、その手順の全部を出します。",
    ),
    key(
        "f3",
        "flip",
        "話者",
        "選んだ行（選んでいなければ、見えている最後の行）の話し手を、相談者と職員で入れ替えます。",
    ),
    key("f3", "mark('told')", "説明済", "案内の欄では、選んだ制度を説明したことを残します。"),
    key("f4", "mark('check')", "要確認", "案内の欄では、選んだ制度をあとで確かめることを残します。"),
    key("f4", "retry", "再試行", "認識できなかった行を、もう一度認識します。", show=False),
    key("f5", "pause", "停止", "録音と認識を一時停止します。もう一度押すと再開します。"),
    key("f6", "next_pane", "移動", "文字起こし・案内・記録の間を移ります。"),
    key("f7", "answer_alert", "見た", "危険のサインの表示を、見たものとして閉じます。"),
    SEARCH,
    key("f9", "finish", "終える", "相談を終えて、記録を閉じます。"),
    VEIL,
    key(
        "ctrl+t",
        "withdraw",
        "消す",
        "録音の同意が取り消されたとき音声や文字を消します。または、選んだ発言だけを記録から外します。",
    ),
    key(
        "ctrl+r",
        "readback",
        "復唱",
        "復唱リストを開き、名前・日付・金額などを相談者と確かめます（危険のサインを閉じてから）。",
    ),
    key(
        "ctrl+f",
        "change_form",
        "様式",
        "相談記録の様式を変えます。聞き取ったことと書いたことは残ります。",
        show=False,
    ),
    Binding("enter", "correct_line", "直す", show=False, tooltip="文字起こしで選んだ行の言葉を直します。"),
)
EXERCISE_KEYS: tuple[Binding, ...] = (
    HELP,
    key("f2", "guide", "案内", "自分なら案内する制度を選びます。もう一度選ぶと取り消します。"),
    key("f2", "details", "詳細", "危険のサインが出ている間は、その手順の全部を出します。"),
    key("f3", "question", "質問", "自分ならたずねることを書きます。"),
    key("f4", "danger", "危険", "危険のサインに気づいたとき、どの危険かを選びます。"),
    key("f5", "pause", "停止", "止めます。もう一度押すと続けます。"),
    key("f6", "next_pane", "移動", "文字起こし・案内・記録の間を移ります。"),
    key("f7", "go_back", "前へ", "いまの行を初めから聞き直します。続けて押すと、一つずつ前の行へ戻ります。"),
    key("f7", "answer_alert", "見た", "危険のサインの表示を、見たものとして閉じます。"),
    SEARCH,
    key("f9", "finish", "終える", "練習を終えて、結果を見ます。"),
    VEIL,
)
