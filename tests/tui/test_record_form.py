"""The form of the record under the clerk's hands: choosing with the keyboard alone."""

from dataclasses import replace

from consult_assist.domain.knowledge import Template, TemplateField
from consult_assist.domain.record import LineKind, RecordField, RecordLine
from consult_assist.tui.app import ConsultAssistApp
from consult_assist.tui.presentation.cells import NEVER_FIRST
from consult_assist.tui.presentation.record_text import field_label, overtaken_rows
from consult_assist.tui.widgets.choice import ChoiceScreen
from consult_assist.tui.widgets.field_box import FieldBox
from consult_assist.tui.widgets.record_form import RecordForm
from tests.tui.clerk import Clerk, counter, screen_text, settled, until
from tests.tui.facts import FIELDS
from tests.tui.scripted import ScriptedDesk, ScriptedSession

WISH = TemplateField(
    name="shuso",
    label="申請の意思",
    type="choice",
    choices=("あり", "なし", "未確認"),
    required=True,
    hint="職員が本人に確かめて選ぶ",
)
DANGER = TemplateField(
    name="choshu", label="急迫の状態", type="multi", choices=("食べ物なし", "居所なし", "危険なし")
)


def choosing() -> tuple[ConsultAssistApp, ScriptedSession]:
    """Return a counter whose form has fields with choices."""
    session = ScriptedSession()
    desk = ScriptedDesk(session)
    others = tuple(TemplateField(name=name, label=label) for name, label in FIELDS[3:])
    form = Template(
        id="madoguchi",
        name="面接記録票",
        fields=(TemplateField(name="uketsuke", label="受付"), WISH, DANGER, *others),
        note="【案】お使いの様式に合わせて直してください。",
    )
    desk.knowledge = replace(desk.knowledge, templates={form.id: form})
    session.draft_line("shuso", "「申請したいです」")
    return ConsultAssistApp(desk, session=session), session


async def box_of(clerk: Clerk, name: str) -> FieldBox:
    """Go to a field that the program has filled."""
    app = clerk.app
    assert isinstance(app, ConsultAssistApp)
    form = counter(app).query_one(RecordForm)
    await until(clerk, lambda: "「申請したいです」" in form.boxes["shuso"].editor.text)
    await clerk.press("f6", "f6")
    form.boxes[name].editor.focus()
    await until(clerk, lambda: app.focused is form.boxes[name].editor)
    return form.boxes[name]


async def test_lines_of_the_record_wrap_as_japanese_does() -> None:
    app, session = choosing()
    long = "「財布に2千円くらいしかなくて、貯金は119,000円だけありまして、家賃が払えません」"
    session.draft_line("choshu", long)
    async with app.run_test(size=(80, 24)) as clerk:
        editor = (await box_of(clerk, "choshu")).editor
        await until(clerk, lambda: long in editor.text)
        text = f"{long}\nタブ\tのある行"
        for width in range(20, 100):
            editor.load_text(text)
            editor.wrapped_document.wrap(width)
            rows = [row for line in editor.wrapped_document.lines for row in line]
            assert "".join(rows) == text.replace("\n", "")
            assert not any(row[0] in NEVER_FIRST for row in rows)
            assert any("119,000" in row for row in rows)
        editor.load_text("")
        editor.insert(long * 2)
        await clerk.pause()
        whole = editor.wrapped_document.lines
        assert len(whole[0]) > 1
        assert not any(row[0] in NEVER_FIRST for row in whole[0])
        for place in range(len(editor.text) + 1):
            offset = editor.wrapped_document.location_to_offset((0, place))
            assert editor.wrapped_document.offset_to_location(offset) == (0, place)


async def test_nothing_is_chosen_until_the_clerk_chooses() -> None:
    app, session = choosing()
    async with app.run_test(size=(80, 24)) as clerk:
        box = await box_of(clerk, "shuso")
        assert "申請の意思 ＊   未選択 ・ Ctrl+O で選ぶ" in screen_text(app)
        await clerk.press("ctrl+o", "enter")
        assert isinstance(app.screen, ChoiceScreen)
        await clerk.press("f9")
        assert box.editor.text == "「申請したいです」"
        await clerk.press("ctrl+o", "down", "down", "enter")
        await until(clerk, lambda: ("edit", "shuso", "なし\n「申請したいです」") in session.asked)
        assert "未選択 ・" not in screen_text(app).split("急迫の状態", maxsplit=1)[0]
        await clerk.press("ctrl+z")
        assert box.editor.text == "「申請したいです」"


async def test_a_choice_can_be_changed_and_taken_back() -> None:
    app, _ = choosing()
    async with app.run_test(size=(80, 24)) as clerk:
        box = await box_of(clerk, "shuso")
        await clerk.press("ctrl+o", "down", "enter")
        assert box.chosen == ("あり",)
        await clerk.press("ctrl+o")
        assert "(*) あり" in screen_text(app)
        await clerk.press("down", "down", "enter")
        assert box.chosen == ("未確認",)
        await clerk.press("ctrl+o", "end", "enter")
        assert box.editor.text == "「申請したいです」"


async def test_space_marks_several_also_while_the_input_method_is_on() -> None:
    app, session = choosing()
    async with app.run_test(size=(80, 24)) as clerk:
        await box_of(clerk, "choshu")
        await clerk.press("ctrl+o", "down", "space", "down", "ideographic_space")
        await until(clerk, lambda: "[x] 居所なし" in screen_text(app))
        await clerk.press("enter")
        await until(clerk, lambda: ("edit", "choshu", "食べ物なし\n居所なし") in session.asked)


def test_the_label_names_the_rows_whose_words_were_corrected_since() -> None:
    lines = (
        RecordLine(text="家賃：月6万円", kind=LineKind.CLERK, utterance_ids=("u1",), overtaken=True),
        RecordLine(text="窓口で確認", kind=LineKind.CLERK),
    )
    field = RecordField(name="choshu", label="聴取内容", lines=lines)
    rows = overtaken_rows(field, "窓口で確認\n家賃：月6万円")
    assert rows == (2,)
    label = "".join(
        text for text, _ in field_label(TemplateField(name="choshu", label="聴取内容"), overtaken=rows)
    )
    assert label.endswith("△ 元の発言が直された行: 2")
    assert overtaken_rows(field, "家賃：月7万円") == ()


async def test_the_arrows_lead_from_field_to_field() -> None:
    app, _ = choosing()
    async with app.run_test(size=(80, 24)) as clerk:
        box = await box_of(clerk, "shuso")
        below = counter(app).query_one(RecordForm).boxes["choshu"].editor
        await clerk.press("down", "down")
        assert app.focused is below
        await clerk.press("up")
        assert app.focused is box.editor
        assert box.editor.cursor_location == box.editor.document.end


async def test_new_lines_are_brought_into_view_unless_the_clerk_looks_elsewhere() -> None:
    session = ScriptedSession()
    app = ConsultAssistApp(ScriptedDesk(session), session=session)
    async with app.run_test(size=(120, 36)) as clerk:
        await until(clerk, lambda: bool(app.screen.query(RecordForm)))
        pane, form = counter(app)._record, app.screen.query_one(RecordForm)

        async def drafted(field: str, text: str) -> None:
            session.draft_line(field, text)
            pane.stale = True
            await until(clerk, lambda: text in form.boxes[field].editor.text)

        for number in range(9):
            await drafted("choshu", f"聞いたこと {number}")
        await settled(clerk)
        assert "聞いたこと 8" in screen_text(app)
        await drafted("jikai", "火曜日に来る")
        await settled(clerk)
        assert "火曜日に来る" in screen_text(app)
        for height in (44, 36):
            await clerk.resize_terminal(120, height)
            await settled(clerk)
        await drafted("jikai", "十時に来る")
        await settled(clerk)
        assert "十時に来る" in screen_text(app)
        form.scroll_home(animate=False)
        await settled(clerk)
        await drafted("jikai", "住民票を持って来る")
        await settled(clerk)
        assert form.scroll_offset.y == 0


def test_a_form_that_is_still_being_built_takes_no_cursor() -> None:
    RecordForm([WISH]).enter()  # F6 may come before the fields of a record that is just opened
