"""Keys that work while the Japanese input method is on: function keys and a few with Ctrl."""

from textual.binding import Binding


def key(name: str, action: str, label: str, explanation: str, *, show: bool = True) -> Binding:
    """Return a binding that works in every field; `explanation` is what F1 shows.

    Args:
        name: as Textual names it, such as `f5` or `ctrl+t`.
        action: name of the action.
        label: two or three characters for the footer.
        explanation: one plain sentence.
        show: whether the footer shows it.
    """
    display = name.replace("ctrl+", "^").upper()
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
