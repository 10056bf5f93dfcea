from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

import pytest

from desktop_app.domain import (
    Article,
    ArticlePair,
    Comparison,
    Language,
    PassageLink,
    Relation,
    SentenceKind,
    Span,
)
from desktop_app.ui.passages import PassageMap
from desktop_app.ui.scroll_map import READING_PART, Page, ScrollMap, reading_part

EN, HI = Language.ENGLISH, Language.HINDI
Link = tuple[tuple[int, ...], tuple[int, ...], float]


@pytest.fixture
def pair(make_article: Callable[..., Article]) -> ArticlePair:
    kinds = (SentenceKind.TITLE, SentenceKind.DATE)
    english = "\n".join(["Title", "27 Sep 2024", "One 🌍.", "Two.", "Three.", "Four.", "Five."])
    hindi = "\n".join(["शीर्षक", "२७ सितंबर", "एक क्ष।", "दो।", "तीन।", "चार।", "पाँच।"])
    return ArticlePair(make_article(english, EN, kinds), make_article(hindi, HI, kinds, number=2))


def mapped(
    pair: ArticlePair, links: Sequence[Link], only_en: Sequence[int] = (), only_hi: Sequence[int] = ()
) -> PassageMap:
    found = tuple(PassageLink(tuple(en), tuple(hi), chance) for en, hi, chance in links)
    return PassageMap(pair, Comparison(Relation.SAME_EVENT, 0.9, (), found, tuple(only_en), tuple(only_hi)))


def test_neighbouring_sentences_are_one_run_and_a_gap_makes_two(pair: ArticlePair) -> None:
    link = mapped(pair, [((2, 3, 5), (4,), 0.9)]).links[0]
    assert pair.en is not None
    texts = [pair.en.text[run.start : run.end] for run in link.runs[EN]]
    assert texts == ["One 🌍.\nTwo.", "Four."]


def test_a_place_in_the_text_finds_its_passages_surest_first(pair: ArticlePair) -> None:
    found = mapped(pair, [((2,), (3,), 0.5), ((2,), (5,), 0.8)], only_en=[3])
    assert pair.en is not None
    start = pair.en.text.index("One")
    assert [passage.probability for passage in found.at(EN, start)] == [0.8, 0.5]
    assert [passage.only for passage in found.at(EN, pair.en.text.index("Two"))] == [EN]
    assert found.at(EN, pair.en.text.index("27 Sep")) == ()
    assert found.at(HI, 0) == ()


def test_neighbouring_one_sided_sentences_are_one_passage(pair: ArticlePair) -> None:
    found = mapped(pair, [], only_en=[2, 3, 5])
    assert [passage.sentences[EN] for passage in found.only_one_side] == [(2, 3), (5,)]


def test_a_sentence_that_stands_alone_is_found_without_its_neighbours(pair: ArticlePair) -> None:
    found = mapped(pair, [], only_en=[2, 3])
    assert pair.en is not None
    (alone,) = found.at(EN, pair.en.text.index("Two"))
    assert alone.sentences[EN] == (3,)
    assert found.holders(alone) == [found.only_one_side[0]]


def test_one_sided_passages_come_in_the_order_of_both_texts(pair: ArticlePair) -> None:
    found = mapped(pair, [((3,), (3,), 0.9), ((5,), (5,), 0.9)], only_en=[2, 6], only_hi=[4, 6])
    order = [(passage.only, passage.sentences[passage.only or EN]) for passage in found.only_one_side]
    assert order == [(EN, (2,)), (HI, (4,)), (EN, (6,)), (HI, (6,))]


def test_indices_of_an_older_text_are_left_out(pair: ArticlePair) -> None:
    found = mapped(pair, [((2, 99), (3,), 0.9), ((3,), (50,), 0.9)], only_hi=[77])
    assert [link.sentences[EN] for link in found.links] == [(2,)]
    assert found.only_one_side == ()


def test_date_lines_are_never_chosen_for_a_link(pair: ArticlePair) -> None:
    found = mapped(pair, [])
    assert pair.en is not None
    assert found.sentences_in(EN, Span(0, len(pair.en.text))) == (0, 2, 3, 4, 5, 6)
    caret = pair.en.text.index("Three")
    assert found.sentences_in(EN, Span(caret, caret)) == (4,)


def test_a_link_that_crosses_surer_ones_is_no_anchor(pair: ArticlePair) -> None:
    found = mapped(pair, [((2,), (6,), 0.7), ((3,), (3,), 0.6), ((4,), (4,), 0.6)])
    starts = [anchor.hi.start for anchor in found.anchors]
    assert starts == sorted(starts)
    assert len(starts) == 2


def test_anchors_are_the_heaviest_order_there_is(make_article: Callable[..., Article]) -> None:
    chance = random.Random(3)
    text = "\n".join("word" for _ in range(8))
    pair = ArticlePair(make_article(text, EN), make_article(text, HI, number=2))
    for _ in range(60):
        links: list[Link] = [
            ((chance.randrange(8),), (chance.randrange(8),), round(chance.random(), 3)) for _ in range(7)
        ]
        anchors = mapped(pair, links).anchors
        for before, after in itertools.pairwise(anchors):
            assert before.en.start < after.en.start
            assert before.hi.start < after.hi.start
        got = sum(
            max(w for (e,), (h,), w in links if (e * 5, h * 5) == (anchor.en.start, anchor.hi.start))
            for anchor in anchors
        )
        assert got == pytest.approx(_heaviest(links))


def _heaviest(links: Sequence[Link]) -> float:
    best = 0.0
    for size in range(len(links) + 1):
        for chosen in itertools.combinations(links, size):
            ordered = sorted(chosen)
            if all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(ordered)):
                best = max(best, sum(link[2] for link in chosen))
    return best


PAGE = Page(2000, 500)


def test_level_places_are_approached_between_and_at_what_is_known() -> None:
    scrolling = ScrollMap([(0, 0), (1250, 1500), (2500, 2500)], PAGE, PAGE)
    read = 0.35 * 500
    assert scrolling.to_second(1250 - read) == pytest.approx(1500 - read, abs=25)
    assert scrolling.to_second(0) == 0
    assert scrolling.to_second(2000) == 2000


def test_both_ways_are_the_same_way() -> None:
    scrolling = ScrollMap([(0, 0), (300, 1200), (2500, 3000)], PAGE, Page(2500, 500))
    for place in range(0, 2001, 50):
        assert scrolling.to_first(scrolling.to_second(place)) == pytest.approx(place)


def test_scrolling_one_way_never_moves_the_other_page_back_or_in_leaps() -> None:
    jagged = [(0.0, 0.0), (500.0, 20.0), (520.0, 1500.0), (1900.0, 1510.0), (2500.0, 2500.0)]
    scrolling = ScrollMap(jagged, PAGE, PAGE)
    places = [scrolling.to_second(place) for place in range(0, 2001, 10)]
    steps = [after - before for before, after in itertools.pairwise(places)]
    assert min(steps) > 2
    assert max(steps) < 31


def test_heights_that_fall_back_are_left_out() -> None:
    whole = ScrollMap([(0, 0), (1250, 1500), (2500, 2500)], PAGE, PAGE)
    odd = ScrollMap([(0, 0), (1250, 1500), (1260, 300), (2500, 2500)], PAGE, PAGE)
    assert [odd.to_second(place) for place in (300, 1000, 1500)] == [
        whole.to_second(place) for place in (300, 1000, 1500)
    ]


def test_a_page_that_fits_its_pane_stays() -> None:
    scrolling = ScrollMap([(0, 0), (2500, 300)], PAGE, Page(0, 500))
    assert scrolling.to_second(900) == 0
    assert scrolling.to_first(0) == 0


def test_reading_line_is_at_the_top_at_the_top_and_at_the_end_at_the_end() -> None:
    assert reading_part(0, PAGE) == 0
    assert reading_part(2000, PAGE) == 1
    assert reading_part(1000, PAGE) == READING_PART
    parts = [reading_part(scrolled, PAGE) for scrolled in range(2001)]
    assert parts == sorted(parts)
    assert reading_part(50, Page(100, 500)) == 0.5
    assert reading_part(0, Page(0, 500)) == 0
