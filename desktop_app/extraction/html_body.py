"""Which of a page's lines are the article: trafilatura says where it stands, the page's own boxes what belongs."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import islice

import trafilatura
from lxml.html import HtmlElement

from desktop_app.extraction.dates import read_date_line
from desktop_app.extraction.html_blocks import Block, Page, Role, is_block_furniture
from desktop_app.extraction.stated import comparable
from desktop_app.extraction.structure import ends_like_sentence

_FURNITURE_SHARE = 0.3
"""A box with this much of the article's text is no furniture, whatever its name."""
_CONTAINER_SHARE = 0.75
_FEWEST_LOCATED = 200
_SHORTEST_PIECE = 20
_FEWEST_LINKS = 4
_SHORT_LINE = 60
_HEADER_BLOCKS = 8
_GOOD_SENTENCE, _GOOD_LINE = 20, 120
_SHORTEST_STANDFIRST = 40
_MOST_LINKED, _MOST_LINKED_OF_SENTENCE = 0.5, 0.8
_LONGEST_FURNITURE_LINE = 200
_SURE_FURNITURE_LINE = re.compile(
    r"\W*(?:(?:advertisements?|reply|share|report|print|save|copy link)\W*$|story continues below|also read"
    r"|read also|copyright\b|©|all rights reserved"
    r"|विज्ञापन\W*$|(?:यह|ये|इसे|इन्हें) भी (?:पढ़|देख|जान)|संबंधित (?:खबर|ख़बर|समाचार))",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"\W*(?:sponsored|promoted|read more|read full|read here|must read|see also"
    r"|related (?:stories|news|articles|posts|topics)|recommended|trending|more from|you may (?:also )?like"
    r"|watch(?: live| more|:)|share (?:this|on|via)|follow us|subscribe|sign up|click here|join (?:us|our)"
    r"|download (?:the|our)|newsletter|comments?\b|leave a (?:comment|reply)|\d+ comments?|first published"
    r"|published (?:by|on)|updated (?:on|at)|image (?:source|credit)"
    r"|photos? ?(?::|by|credit)|(?:this|the) (?:story|article) (?:has not been|was) (?:edited|generated|published)"
    r"|\d+ min(?:ute)?s? read|tags?:|topics:|source:"
    r"|और (?:पढ़ें|पढ़े)|शेयर कर"
    r"|हमें फॉलो|सब्सक्राइब|(?:हमारे|हमसे) .{0,30}(?:जुड़|व्हाट्सएप|टेलीग्राम)|टिप्पणी|कमेंट|अपनी राय|फोटो ?:"
    r"|तस्वीर ?:|पढ़ें पूरी|ताजा खबर|लेटेस्ट)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|written by|edited by|reported by|लेखक|संपादन|द्वारा)\s*:?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleBody:
    """The main text of a page, and the lines between its title and its first sentence, where dates stand."""

    blocks: list[Block]
    header: list[str]


def located_text(root: HtmlElement | None) -> str:
    """The article's letters run together, as trafilatura finds them in the tree; empty where it finds none."""
    if root is None:
        return ""
    # trafilatura warns of every page it finds no article in; that is no fault to log here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        deepcopy(root), favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    letters = comparable(" ".join(body.itertext())) if body is not None else ""
    return letters if len(letters) >= _FEWEST_LOCATED else ""


def drop_furniture(root: HtmlElement, found: str) -> None:
    """Take out of the tree what looks like furniture and holds little of the text *found*; most of a page is such.

    Small boxes stay, which may say who wrote and when, and so does what may be the page's title.
    """
    waiting = list(root)
    while waiting:
        element = waiting.pop()
        if is_block_furniture(element) and _is_spare(element) and _share_of(element, found) < _FURNITURE_SHARE:
            element.drop_tree()
        else:
            waiting.extend(element)


def _is_spare(element: HtmlElement) -> bool:
    if element.find(".//h1") is not None or element.find(".//*[@itemprop]") is not None:
        return False
    return sum(1 for _ in islice(element.iter("a"), _FEWEST_LINKS)) >= _FEWEST_LINKS


def _share_of(element: HtmlElement, found: str) -> float:
    pieces = (piece for piece in element.itertext() if len(piece) >= _SHORTEST_PIECE)
    return sum(len(key) for piece in pieces if (key := comparable(piece)) in found) / len(found)


def article_body(page: Page, found: str, title: str | None) -> ArticleBody:
    """The page's main text, of which *found* are letters; furniture, the title's repetition, stray headings go."""
    located = [False] * len(page.blocks)
    if found:
        located = [(key := comparable(block.text)) != "" and key in found for block in page.blocks]
    any_located = any(located)
    weights = [_weight(block, hit, any_located) for block, hit in zip(page.blocks, located, strict=True)]
    total = _weights_by_box(page, weights)
    if total[0] == 0:
        return ArticleBody([], [])
    furniture = _furniture_boxes(page, total)
    inside = _boxes_inside(page, _container(page, total))
    homes = _home_boxes(page, located)
    last = max((index for index, hit in enumerate(located) if hit), default=len(page.blocks))
    weighty = [index for index, weight in enumerate(weights) if weight and inside[page.blocks[index].container]]
    # Where title or dateline count as text, what stands between them and the report would be overlooked.
    wanted = comparable(title or "")
    body = (index for index in weighty if not furniture[page.blocks[index].container])
    first = next((index for index in body if comparable(page.blocks[index].text) != wanted), weighty[0])
    start = _title_position(page.blocks[:first], title)
    chosen = []
    for index, block in enumerate(page.blocks[start:], start):
        if furniture[block.container] or (index > last and not homes[block.container]):
            continue
        if not (inside[block.container] or (index < first and _is_standfirst(block))):
            continue
        if not _is_furniture_line(block, located[index]):
            chosen.append(block)
    header = [block.text for block in page.blocks[start:first]]
    return ArticleBody(_without_loose_ends(_with_rows_joined(page, chosen), title), header)


def _home_boxes(page: Page, located: Sequence[bool]) -> list[bool]:
    """The boxes in which located lines stand side by side, and all that is in them."""
    lines = Counter(block.container for block in page.blocks)
    hits = {block.container for block, hit in zip(page.blocks, located, strict=True) if hit}
    sides = {box if lines[box] > 1 else page.parents[box] for box in hits}
    homes = [False] * len(page.parents)
    for box in range(len(homes)):
        homes[box] = box in sides or (box > 0 and homes[page.parents[box]])
    return homes


def _title_position(before: Sequence[Block], title: str | None) -> int:
    """Where the article's header begins among the blocks before its first line."""
    wanted = comparable(title or "")
    for index in range(len(before) - 1, -1, -1):
        if wanted and comparable(before[index].text) == wanted:
            return index
    return max(0, len(before) - _HEADER_BLOCKS)


def _is_standfirst(block: Block) -> bool:
    """Whether a block between title and text is the summary that newsrooms put there."""
    return (
        block.linked == 0
        and len(block.text) >= _SHORTEST_STANDFIRST
        and (block.role is Role.HEADING or ends_like_sentence(block.text))
    )


def _with_rows_joined(page: Page, blocks: Sequence[Block]) -> list[Block]:
    """Short cells of one table row make one line."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.role is block.role is Role.CELL
            and before.container != block.container
            and page.parents[before.container] == page.parents[block.container]
            and len(block.text) < _SHORT_LINE
        ):
            joined[-1] = replace(before, text=f"{before.text} · {block.text}")
        else:
            joined.append(block)
    return joined


def _weight(block: Block, located: bool, any_located: bool) -> int:
    if any_located:
        return len(block.text) if located else 0
    if block.linked > 0.3 * len(block.text) or block.role is Role.HEADING:
        return 0
    good = len(block.text) >= (_GOOD_SENTENCE if ends_like_sentence(block.text) else _GOOD_LINE)
    return len(block.text) if good else 0


def _weights_by_box(page: Page, weights: Sequence[int]) -> list[int]:
    total = [0] * len(page.parents)
    for block, weight in zip(page.blocks, weights, strict=True):
        total[block.container] += weight
    for box in range(len(total) - 1, 0, -1):
        total[page.parents[box]] += total[box]
    return total


def _container(page: Page, total: Sequence[int]) -> int:
    """The smallest box that holds nearly all of the article."""
    best = 0
    for box in range(1, len(total)):
        if page.parents[box] == best and total[box] >= _CONTAINER_SHARE * total[0]:
            best = box
    weighted = sum(1 for block in page.blocks if block.container == best)
    has_boxes = any(parent == best for parent in page.parents[1:])
    return page.parents[best] if weighted == 1 and not has_boxes else best


def _boxes_inside(page: Page, container: int) -> list[bool]:
    inside = [False] * len(page.parents)
    inside[container] = True
    for box in range(container + 1, len(inside)):
        inside[box] = inside[page.parents[box]]
    return inside


def _furniture_boxes(page: Page, total: Sequence[int]) -> list[bool]:
    furniture = [False] * len(page.parents)
    for box in range(1, len(furniture)):
        own = page.furniture[box] and total[box] < _FURNITURE_SHARE * total[0]
        furniture[box] = own or furniture[page.parents[box]]
    return furniture


def _is_furniture_line(block: Block, located: bool) -> bool:
    text = block.text
    if block.role in (Role.TWEET, Role.ADDRESS):
        return False
    if len(text) <= _LONGEST_FURNITURE_LINE and _SURE_FURNITURE_LINE.match(text):
        return True
    if len(text) <= _LONGEST_FURNITURE_LINE and (_FURNITURE_LINE.match(text) or _BYLINE.match(text)):
        return not (located and ends_like_sentence(text) and block.linked == 0)
    sentence = ends_like_sentence(text)
    if block.linked > (_MOST_LINKED_OF_SENTENCE if sentence else _MOST_LINKED) * len(text):
        return True
    if sentence or located or block.role in (Role.HEADING, Role.ITEM, Role.QUOTE, Role.CELL):
        return False
    bold = block.bold >= 0.9 * len(text.replace(" ", ""))
    return len(text) < _SHORT_LINE and not (bold and block.role is Role.PARAGRAPH)


def _without_loose_ends(blocks: list[Block], title: str | None) -> list[Block]:
    """Drop repeated lines, the title's own line, bylines before the first sentence, headings that nothing follows."""
    wanted = comparable(title or "")
    begun = not any(ends_like_sentence(block.text) for block in blocks)
    kept: list[Block] = []
    for block in blocks:
        key = comparable(block.text)
        if (key == wanted and wanted) or (kept and key == comparable(kept[-1].text)):
            continue
        begun = begun or ends_like_sentence(block.text) or len(block.text) >= _GOOD_LINE
        if not begun and block.role is Role.PARAGRAPH and not block.bold and read_date_line(block.text) is None:
            continue
        kept.append(block)
    while kept and kept[-1].role is Role.HEADING:
        kept.pop()
    return kept
