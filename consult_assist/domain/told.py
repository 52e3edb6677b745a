"""What a resident is told of a programme, as it stood that day, so that a later change can be found."""

import hashlib
import json
from dataclasses import asdict

from consult_assist.domain.knowledge import Programme

_DIGEST_CHARS = 16


def told_figures(programme: Programme) -> tuple[str, ...]:
    """Return each figure with its date."""
    return tuple(f"{amount.text}（{amount.as_of}）" for amount in programme.amounts)


def told_digest(programme: Programme) -> str:
    """Return a digest over what a clerk explains; names, cues and dates of review change nothing."""
    values = asdict(programme)
    told = {key: values[key] for key in ("name", "summary", "target", "documents", "contacts", "laws")}
    told["figures"] = [(amount.text, amount.as_of) for amount in programme.amounts]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_CHARS]
