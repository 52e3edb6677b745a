"""Values → PDF pages, set by typst. The only module that loads typst and the fonts.

What people said travels as JSON beside a fixed layout and never becomes source text of it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_jp
import typst

from consult_assist.errors import ExportError

_LAYOUTS = Path(__file__).parent / "layouts"
_STANDARDS: tuple[Literal["a-2a", "1.7"], ...] = ("a-2a", "1.7")


def set_pages(layout: str, values: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a PDF; the same values give the same bytes.

    It is PDF/A-2a (ISO 19005-2): made for keeping, with fonts inside and the order of reading marked. That
    allows no character which our fonts lack (外字, 😀): with one it is plain PDF, which shows a box for it.

    Args:
        layout: file name in `layouts/`.
        values: what the layout shows.
        made_at: the date that the file carries.

    Raises:
        ExportError: it cannot be set.
    """
    for standard in _STANDARDS:
        with suppress(typst.TypstError):  # its message holds what people said
            file = _compiler().compile(
                (_LAYOUTS / layout).read_bytes(),
                format="pdf",
                sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
                pdf_standards=standard,
                timestamp=made_at.replace(microsecond=0),  # typst refuses fractions of a second
            )
            assert isinstance(file, bytes)
            return file
    raise ExportError("PDF にできませんでした。Word など、ほかの形式で書き出してください。")


def _compiler() -> typst.Compiler:
    """Return a compiler that knows our fonts alone, so that every machine sets the same lines."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[pylopdf_fonts_jp.sans_path().parent],
    )
    return typst.Compiler(root=_LAYOUTS, font_paths=fonts)
