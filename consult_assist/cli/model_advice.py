"""How speech models would do on this PC, beside each other: text for the terminal."""

from consult_assist.cli.table_lines import padded
from consult_assist.models.advice import Advice, ModelAdvice, Verdict

_VERDICTS = {
    Verdict.LIVE: "会話に追いつきます",
    Verdict.FEW_DRAFTS: "会話に追いつきます（途中の文字はまばら）",
    Verdict.LATER: "会話には追いつきません（あとからの聞き直し向き）",
    Verdict.TOO_LARGE: "メモリーが足りません",
    Verdict.UNKNOWN: "測れません",
}
_WIDTHS = (14, 4, 29, 8, 8, 0)


def text_from_advice(advice: Advice) -> str:
    """Return the table and the sentence below it."""
    machine = advice.machine
    free = "分かりません" if machine.free_bytes is None else f"{machine.free_bytes / 1e9:.1f} GB"
    lines = [f"CPU {machine.cores} コア、空いているメモリー {free}、認識は {advice.device}"]
    if advice.notice is not None:
        lines.append(advice.notice)
    if (faster := advice.faster_threads) is not None:
        lines.append(f"認識に使う CPU は {advice.threads}（設定 threads = {faster} にすると速くなります）")
    lines.append(_columns("モデル", "用意", "発話 1 秒に（うち途中の文字）", "待つ時間", "メモリー", "判定"))
    lines += [_row(model) for model in advice.models]
    return "\n".join([*lines, "", advice.sentence])


def _row(model: ModelAdvice) -> str:
    pace = model.pace
    return _columns(
        model.name,
        "あり" if model.installed else "なし",
        "-" if pace is None else f"{pace.in_all:.2f} 秒（{pace.drafts:.2f}）",
        "-" if pace is None else f"{pace.wait_s:.1f} 秒",
        f"{model.needs_bytes / 1e9:.1f} GB",
        _VERDICTS[model.verdict] if model.measured else f"見込み: {_VERDICTS[model.verdict]}",
    )


def _columns(*cells: str) -> str:
    return "  ".join(padded(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()
