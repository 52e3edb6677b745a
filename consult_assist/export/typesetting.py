"""Values → PDF pages, set by typst. The only module that loads typst and the fonts.

What people said travels as JSON beside a fixed layout and never becomes source text of it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pylopdf_fonts_jp
import typst

_LAYOUTS = Path(__file__).parent / "layouts"


def set_pages(layout: str, values: Mapping[str, Any], made_at: datetime) -> bytes:
    """Return a PDF; the same values give the same bytes.

    It is PDF/A-2a (ISO 19005-2): made for keeping, with fonts inside and the order of reading marked.

    Args:
        layout: file name in `layouts/`.
        values: what the layout shows.
        made_at: the date that the file carries.
    """
    file = _compiler().compile(
        (_LAYOUTS / layout).read_bytes(),
        format="pdf",
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        pdf_standards="a-2a",
        timestamp=made_at.replace(microsecond=0),  # typst refuses fractions of a second
    )
    assert isinstance(file, bytes)
    return file


def _compiler() -> typst.Compiler:
    """Return a compiler that knows our fonts alone, so that every machine sets the same lines."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[pylopdf_fonts_jp.sans_path().parent],
    )
    return typst.Compiler(root=_LAYOUTS, font_paths=fonts)
