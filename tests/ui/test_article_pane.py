from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain import Article, EntityType, Language, Mention, SentenceKind, Span
from desktop_app.ui.article_pane import ArticlePane
from desktop_app.ui.chips import Chip, place_chips
from desktop_app.ui.pane_marks import MarkKind, PassageMark
from desktop_app.ui.pane_message import PaneMessage
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import LIGHT
from desktop_app.ui.tick_bar import TickBar

Make = Callable[..., Article]
Mark = Callable[..., Mention]

LONG = "\n".join(f"Paragraph {number} says that Lavrov met Guterres in New York." for number in range(80))


class Pane(ArticlePane):
    """A pane that tests can ask where a mention lies."""

    def middle_of(self, mention: Mention, line: int = 0) -> QPoint:
        chip = next(chip for chip in self._marks.chips() if chip.mention == mention)
        rect = self._geometry.line_rects(chip.start, chip.end)[line]
        return (rect.center() - QPointF(0, self.verticalScrollBar().value())).toPoint()

    @property
    def bar(self) -> TickBar:
        return self._ticks

    def lines_of(self, mention: Mention) -> int:
        chip = next(chip for chip in self._marks.chips() if chip.mention == mention)
        return len(self._geometry.line_rects(chip.start, chip.end))


@pytest.fixture
def pane(qtbot: QtBot) -> Pane:
    shown = Pane(Language.ENGLISH)
    shown.resize(480, 600)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def picture(pane: ArticlePane) -> QImage:
    return pane.viewport().grab().toImage()


def colours(image: QImage, at: QPoint, reach: int = 14) -> set[str]:
    """The colours around a point."""
    return {
        image.pixelColor(at.x() + dx, at.y() + dy).name()
        for dx in range(-reach, reach)
        for dy in range(-reach, reach)
        if image.rect().contains(at.x() + dx, at.y() + dy)
    }


def test_shows_the_text_to_the_character(pane: Pane, make_article: Make) -> None:
    text = "Title\n\nनरेंद्र मोदी <b>not bold</b> &amp; 😀 done"
    pane.show_article(make_article(text), ())
    assert pane.toPlainText() == text


def test_click_on_a_mention_reports_it(qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark) -> None:
    text = "Sergei Lavrov met Guterres."
    mention = make_mention(text, "Guterres", 2)
    pane.show_article(make_article(text), [make_mention(text, "Sergei Lavrov", 1), mention])
    with qtbot.waitSignal(pane.mention_clicked) as clicked:
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=pane.middle_of(mention))
    assert clicked.args == [mention]


def test_click_beside_a_mention_reports_nothing(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "Sergei Lavrov met Guterres."
    pane.show_article(make_article(text), [make_mention(text, "Guterres", 2)])
    with qtbot.assertNotEmitted(pane.mention_clicked):
        away = pane.middle_of(make_mention(text, "Guterres", 2)) + QPoint(150, 0)
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=away)


def test_second_fast_click_walks_on_and_selects_no_word(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "Lavrov spoke."
    mention = make_mention(text, "Lavrov", 1)
    pane.show_article(make_article(text), [mention])
    heard: list[Mention] = []
    pane.mention_clicked.connect(heard.append)
    where = pane.middle_of(mention)
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseRelease(pane.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert heard[:2] == [mention, mention]
    assert not pane.textCursor().hasSelection()


def test_emoji_before_a_mention_does_not_shift_it(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "😀🇮🇳👩‍👩‍👧 Lavrov met Guterres"
    mention = make_mention(text, "Guterres", 2)
    pane.show_article(make_article(text), [mention])
    cursor = QTextCursor(pane.document())
    positions = TextPositions(text)
    cursor.setPosition(positions.to_qt(mention.start))
    cursor.setPosition(positions.to_qt(mention.end), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "Guterres"
    right_half = pane.cursorRect(cursor).center() - QPoint(4, 0)
    with qtbot.waitSignal(pane.mention_clicked):
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=right_half)


def test_chip_that_would_cut_a_cluster_takes_in_all_of_it() -> None:
    text = "यह हिंदी है"
    cut = Mention(3, 4, "ह", EntityType.DOC, 1)
    (chip,) = place_chips(text, [cut], TextPositions(text))
    assert text[chip.start : chip.end] == "हिं"


def test_mentions_of_another_version_of_the_text_are_left_out() -> None:
    assert place_chips("short", [Mention(3, 40, "", EntityType.PER, 1)], TextPositions("short")) == []


def test_nesting_is_counted_from_within() -> None:
    text = "UN General Assembly of New York"
    outer = Mention(0, 31, text, EntityType.EVENT, 1)
    middle = Mention(0, 19, text[:19], EntityType.ORG, 2)
    inner = Mention(0, 2, "UN", EntityType.ORG, 3)
    beside = Mention(23, 31, "New York", EntityType.LOC, 4)
    chips: list[Chip] = place_chips(text, [beside, inner, outer, middle], TextPositions(text))
    assert [(chip.mention.entity, chip.nest) for chip in chips] == [(1, 2), (2, 1), (3, 0), (4, 0)]


def test_click_hits_the_innermost_of_nested_mentions(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "The Russian Foreign Minister spoke."
    outer = make_mention(text, "Russian Foreign Minister", 1)
    inner = make_mention(text, "Russian", 2, EntityType.LOC)
    pane.show_article(make_article(text), [outer, inner])
    with qtbot.waitSignal(pane.mention_clicked) as clicked:
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=pane.middle_of(inner))
    assert clicked.args == [inner]
    with qtbot.waitSignal(pane.mention_clicked) as clicked:
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=pane.middle_of(outer) + QPoint(60, 0))
    assert clicked.args == [outer]


def test_long_mention_wraps_and_is_clickable_on_every_line(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    pane.resize(260, 600)
    name = "संयुक्त राष्ट्र महासभा के उच्च स्तरीय सप्ताह का भविष्य शिखर सम्मेलन"
    text = f"कल {name} शुरू हुआ।"
    mention = make_mention(text, name, 1, EntityType.EVENT)
    pane.show_article(make_article(text, Language.HINDI), [mention])
    assert pane.lines_of(mention) >= 2
    for line in range(pane.lines_of(mention)):
        with qtbot.waitSignal(pane.mention_clicked):
            QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=pane.middle_of(mention, line))


def test_chips_follow_the_text_when_the_pane_narrows(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "A sentence with some words before it that mentions Antonio Guterres at its end."
    mention = make_mention(text, "Antonio Guterres", 1)
    pane.show_article(make_article(text), [mention])
    before = pane.middle_of(mention)
    pane.resize(250, 600)
    after = pane.middle_of(mention)
    assert before != after
    assert LIGHT.base not in colours(picture(pane), after, reach=2)
    with qtbot.waitSignal(pane.mention_clicked):
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=after)


def test_all_visible_chips_are_painted_at_the_first_paint(pane: Pane, make_article: Make, make_mention: Mark) -> None:
    mentions = [make_mention(LONG, "Guterres", 1, EntityType.LOC, number) for number in range(80)]
    pane.show_article(make_article(LONG), mentions)
    pane.scroll_to(Span(mentions[70].start, mentions[70].end))
    hue = QColor(LIGHT.hues[EntityType.LOC]).name()
    assert hue in colours(picture(pane), pane.middle_of(mentions[70]))


def test_selected_entity_is_loud_and_ticked_in_its_hue(pane: Pane, make_article: Make, make_mention: Mark) -> None:
    mentions = [make_mention(LONG, "Lavrov", 7, occurrence=number) for number in (0, 40, 79)]
    pane.show_article(make_article(LONG), mentions)
    quiet = colours(picture(pane), pane.middle_of(mentions[0]))
    pane.set_selected_entity(7)
    assert colours(picture(pane), pane.middle_of(mentions[0])) != quiet
    ticks = pane.bar.entity_ticks
    assert len(ticks) == 3
    assert ticks[0] < 0.1 < 0.4 < ticks[1] < 0.6 < 0.85 < ticks[2] < 1
    pane.set_selected_entity(None)
    assert colours(picture(pane), pane.middle_of(mentions[0])) == quiet


def test_current_mention_is_framed(pane: Pane, make_article: Make, make_mention: Mark) -> None:
    text = "Lavrov and Lavrov"
    first, second = make_mention(text, "Lavrov", 1), make_mention(text, "Lavrov", 1, occurrence=1)
    pane.show_article(make_article(text), [first, second])
    pane.set_selected_entity(1)
    without = picture(pane)
    pane.set_current_mention(second)
    with_frame = picture(pane)
    assert colours(with_frame, pane.middle_of(second), 40) != colours(without, pane.middle_of(second), 40)


def test_search_hits_are_marked_and_ticked_in_their_own_colour(pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("Nothing but one needle here."), ())
    pane.set_search_spans([Span(16, 22)])
    assert QColor(LIGHT.search).name() in colours(picture(pane), QPoint(200, 30), 150)
    assert len(pane.bar.search_ticks) == 1
    pane.set_search_spans(())
    assert QColor(LIGHT.search).name() not in colours(picture(pane), QPoint(200, 30), 150)


def test_passages_are_tinted_by_kind(pane: Pane, make_article: Make) -> None:
    text = "First sentence here.\nSecond sentence here."
    pane.show_article(make_article(text), ())
    pane.set_passage_marks([PassageMark(Span(0, 20), MarkKind.LINKED), PassageMark(Span(21, 42), MarkKind.UNMATCHED)])
    seen = colours(picture(pane), QPoint(120, 60), 100)
    assert {QColor(LIGHT.linked).name(), QColor(LIGHT.unmatched).name()} <= seen


def test_jump_moves_only_as_far_as_needed(pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article(LONG), ())
    pane.scroll_to(Span(200, 206))
    assert pane.verticalScrollBar().value() == 0
    far = LONG.rindex("Lavrov")
    pane.scroll_to(Span(far, far + 6))
    top, bottom = pane.span_band(Span(far, far + 6))
    assert 0 < top < bottom < pane.viewport().height()
    value = pane.verticalScrollBar().value()
    pane.scroll_to(Span(far, far + 6))
    assert pane.verticalScrollBar().value() == value


def test_place_survives_another_text_size_and_width(pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article(LONG), ())
    pane.verticalScrollBar().setValue(900)
    before = pane.place()
    pane.set_text_size(175)
    pane.resize(700, 600)
    pane.set_text_size(100)
    pane.resize(480, 600)
    after = pane.place()
    paragraph = LONG.count("\n", 0, before.position)
    assert LONG.count("\n", 0, after.position) == paragraph > 5


def test_enter_on_the_caret_clicks_the_mention(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "Then Lavrov spoke."
    mention = make_mention(text, "Lavrov", 1)
    pane.show_article(make_article(text), [mention])
    with qtbot.assertNotEmitted(pane.mention_clicked):
        QTest.keyClick(pane, Qt.Key.Key_Return)
    for _ in range(6):
        QTest.keyClick(pane, Qt.Key.Key_Right)
    with qtbot.waitSignal(pane.mention_clicked) as clicked:
        QTest.keyClick(pane, Qt.Key.Key_Return)
    assert clicked.args == [mention]


def test_caret_shows_only_for_those_who_use_the_keys(qtbot: QtBot, pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("Some text to read."), ())
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert pane.cursorWidth() == 0
    QTest.keyClick(pane, Qt.Key.Key_Right)
    assert pane.cursorWidth() > 0


def test_hover_tells_when_the_mouse_enters_and_leaves_a_mention(
    qtbot: QtBot, pane: Pane, make_article: Make, make_mention: Mark
) -> None:
    text = "Then Lavrov spoke."
    mention = make_mention(text, "Lavrov", 1)
    pane.show_article(make_article(text), [mention])
    with qtbot.waitSignal(pane.mention_hovered) as entered:
        QTest.mouseMove(pane.viewport(), pane.middle_of(mention))
    assert entered.args is not None
    assert entered.args[0] == mention
    with qtbot.waitSignal(pane.mention_hovered) as left:
        QTest.mouseMove(pane.viewport(), QPoint(5, 400))
    assert left.args is not None
    assert left.args[0] is None


def test_single_letter_keys_of_the_window_work_while_reading(qtbot: QtBot, pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("Some text to read."), ())
    pane.activateWindow()
    pane.setFocus()
    step = QShortcut(QKeySequence("N"), pane)
    with qtbot.waitSignal(step.activated):
        QTest.keyClick(pane, Qt.Key.Key_N)


def test_copies_plain_text_only(pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("Title\nBody", kinds=(SentenceKind.TITLE,)), ())
    pane.selectAll()
    data: QMimeData = pane.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]
    assert data.text() == "Title\nBody"


def test_nothing_shown_reaches_for_a_file(pane: Pane) -> None:
    image = QTextDocument.ResourceType.ImageResource.value
    assert not pane.loadResource(image, QUrl("file:///etc/passwd"))


def test_column_stays_readable_in_a_wide_pane(pane: Pane, make_article: Make) -> None:
    pane.resize(1900, 600)
    pane.show_article(make_article("word " * 400), ())
    first_line = pane.document().firstBlock().layout().lineAt(0)
    assert 55 <= first_line.textLength() <= 78
    frame = pane.document().rootFrame().frameFormat()
    assert frame.leftMargin() == frame.rightMargin() > 400


def test_empty_pane_says_what_to_do_and_forgets_the_article(pane: Pane, make_article: Make, make_mention: Mark) -> None:
    text = "Lavrov spoke."
    pane.show_article(make_article(text), [make_mention(text, "Lavrov", 1)])
    pane.clear_with_message("Choose an article.")
    assert pane.toPlainText() == ""
    assert pane.article is None
    assert pane.accessibleDescription() == "Choose an article."
    pane.set_selected_entity(1)
    pane.grab()
    pane.show_article(make_article(text), ())
    assert pane.accessibleDescription() == ""


def test_title_leaves_the_screen_when_scrolled(qtbot: QtBot, pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("A title\n" + LONG, kinds=(SentenceKind.TITLE,)), ())
    assert pane.title_is_visible()
    with qtbot.waitSignal(pane.place_changed):
        pane.verticalScrollBar().setValue(400)
    assert not pane.title_is_visible()


def test_title_is_bold_with_true_glyphs_and_larger_than_the_body(pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("Same words\nSame words", kinds=(SentenceKind.TITLE,)), ())
    title, body = (pane.document().findBlockByNumber(n).layout().lineAt(0) for n in (0, 1))
    ratio = title.naturalTextWidth() / body.naturalTextWidth()
    size = title.height() / body.height()
    assert ratio > size * 1.03, "a true bold is wider than a smeared regular"


def test_devanagari_never_renders_as_boxes(pane: Pane, make_article: Make) -> None:
    pane.show_article(make_article("नरेंद्र मोदी और क्षत्रिय", Language.HINDI), ())
    layout = pane.document().firstBlock().layout()
    runs = layout.glyphRuns(0, layout.lineAt(0).textLength())
    assert runs
    assert all(0 not in run.glyphIndexes() for run in runs)


@pytest.mark.parametrize("width", [480, 240, 200])
def test_no_word_of_a_title_is_broken(pane: Pane, make_article: Make, width: int) -> None:
    pane.set_text_size(150)
    pane.show_article(make_article("On the implementation\n" + LONG, kinds=(SentenceKind.TITLE,)), ())
    pane.resize(width, 400)
    title = pane.document().findBlockByNumber(0)
    lines = [title.layout().lineAt(number) for number in range(title.layout().lineCount())]
    shown = [title.text()[line.textStart() : line.textStart() + line.textLength()] for line in lines]
    assert any("implementation" in line for line in shown)
    pane.resize(900, 400)
    assert pane.document().findBlockByNumber(0).layout().lineCount() == 1


def test_a_sentence_too_large_for_an_empty_pane_gets_smaller(pane: Pane) -> None:
    pane.resize(220, 300)
    pane.set_text_size(250)
    pane.clear_with_message("Setu shows an English and a Hindi report of one event side by side. " * 2)
    (message,) = pane.findChildren(PaneMessage)
    assert message.geometry().bottom() <= pane.height()
