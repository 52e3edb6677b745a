"""The office's own .docx with placeholders, filled. The only module that loads docxtpl."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from consult_assist.domain.document import RecordDocument
from consult_assist.errors import FormError
from consult_assist.export import words
from consult_assist.export.packages import without_times

_NO_DOCUMENT = "様式を読めません。Word で「Word 文書（.docx）」として保存し直してください。"


def fill_office_form(form: bytes, document: RecordDocument, zone: tzinfo | None = None) -> bytes:
    """Return the form with every placeholder replaced; its looks stay as the office made them.

    A form can only read values: no file, no program, no other record.

    Raises:
        FormError: it is no Word document, or holds a placeholder that no record fills.
    """
    values = _form_values(document, zone)
    rules = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    template = DocxTemplate(io.BytesIO(form))
    try:
        unknown = sorted(template.get_undeclared_template_variables(rules) - set(values))
        if not unknown:
            template.render(values, rules, autoescape=True)
    except (PackageNotFoundError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError) as error:
        raise FormError(_NO_DOCUMENT) from error
    except jinja2.UndefinedError as error:
        raise FormError(
            "様式の差し込みの「.」や「[ ]」の後の名前が違います。手引きの表と見比べてください。"
        ) from error
    except Exception as error:  # a form computes with the filters of jinja2, which raise all kinds
        raise FormError(
            "様式の差し込みの書き方に誤りがあります。{{ }} と {% %} が組になっているか確かめてください。"
        ) from error
    if unknown:
        raise FormError(_unknown(unknown, values))
    file = io.BytesIO()
    template.save(file)
    return without_times(file.getvalue())


def _unknown(unknown: list[str], values: Mapping[str, Any]) -> str:
    named = "、".join(f"{{{{ {name} }}}}" for name in unknown)
    return f"様式の {named} は差し込めません。使える名前: {'、'.join(values)}"


def _form_values(document: RecordDocument, zone: tzinfo | None) -> dict[str, Any]:
    """Return placeholder → value; a field of the form goes by its label, without signs like 「・」."""
    known = words.lines_by_id(document)
    values: dict[str, Any] = dict(words.heading(document, zone))
    sources: dict[str, str] = {}
    for item in document.record.fields:
        name = placeholder(item.label)
        lines = [words.mark_and_text(line, known) for line in item.lines]
        values[name] = "\n".join(text or f"（{mark}）" for mark, text in lines)
        sources[name] = "\n".join(f"［{mark}］{text}" for mark, text in lines)
    values["出どころ"] = sources
    values["制度"] = [
        dict(zip(("状態", "名前", "理由", "時刻"), row, strict=True)) for row in words.ledger_rows(document)
    ]
    values["復唱"] = [
        {"種類": kind, "値": value, "発言": text} for kind, value, text, *_ in words.readback_rows(document)
    ]
    values["発言"] = [
        dict(zip(("時刻", "話者", "文"), row, strict=True)) for row in words.spoken_rows(document)
    ]
    values["封印"] = words.clean(document.chain_head)
    return values


def placeholder(label: str) -> str:
    """Return a label as it is written in a form: letters, kana, kanji and digits alone."""
    return re.sub(r"[\W・]", "", label)
