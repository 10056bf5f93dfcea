"""The lines a reader would see of a web page, in order, each with the place in the page it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from lxml.html import HtmlElement

_SKIPPED = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
        "video", "select", "option", "textarea", "button", "input", "head", "title", "meta", "link",
        "map", "datalist", "meter", "progress",
    )
)  # fmt: skip
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "picture", "source", "nobr", "amp-img",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "form", "dialog", "menu", "figcaption"))
_FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"))
_FURNITURE_WORDS = frozenset(
    (
        "nav", "navbar", "navigation", "menu", "footer", "aside", "recirc", "sharing", "disqus", "consent", "gdpr",
        "banner", "ad", "ads", "adslot", "adbox", "adsense", "dfp", "popup", "modal", "overlay", "tags", "tag",
        "keywords", "topics", "byline", "author", "authors", "bio", "dateline", "timestamp", "trending", "popular",
        "mostread", "outbrain", "taboola", "mgid", "copyright", "disclaimer", "paywall", "login", "signin",
        "signup", "register", "caption", "credit", "pagination", "pager", "toolbar", "masthead", "follow",
        "alsoread", "readalso", "readmore", "morestories", "morefrom", "youmaylike", "ticker",
        "whatsapp", "telegram", "hidden", "sronly", "screenreader", "visuallyhidden", "print", "toc",
        "livetv", "playlist",
    )
)  # fmt: skip
_FURNITURE_STARTS = (
    "related", "recommend", "comment", "advert", "newsletter", "breadcrumb", "sidebar", "subscri", "sponsor", "promo",
    "cookie", "social", "share",
)  # fmt: skip
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_NAMES = 300
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")
_SOFT_HYPHEN = "\u00ad"
_TWEET_ADDRESS = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/\w+/status(?:es)?/\d+")
_TWEET_DATE = re.compile(r"\s*(?:\w+\s+\d{1,2},\s+\d{4}|\d{1,2}\s+\S+\s+\d{4})\s*$")


class Role(Enum):
    """What a block is in its page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    QUOTE = "quote"
    TWEET = "tweet"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of text; `container` is the number of the box it stands in."""

    text: str
    role: Role
    container: int
    linked: int
    """How many characters of it are links."""
    bold: int
    """How many characters of it are bold."""


@dataclass(slots=True)
class Page:
    """The blocks of a page and its boxes: box n lies in box `parents[n]`, which is smaller than n; box 0 is all."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    furniture: list[bool] = field(default_factory=lambda: [False])
    """Whether the box itself looks like navigation, advertising or the like."""


def read_blocks(soup: BeautifulSoup) -> Page:
    """Walk the page once, without recursion: pages nest as deep as their makers like."""
    walk = _Walk()
    for element, entering in _events(soup.body or soup):
        walk.take(element, entering)
    walk.flush()
    return walk.page


def _events(root: Tag) -> Iterator[tuple[PageElement, bool]]:
    """Every element entered (True) and left (False), what cannot hold text left out."""
    stack: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield parent, False
        elif isinstance(child, Tag):
            if child.name in _SKIPPED or _hides(child):
                continue
            yield child, True
            stack.append((child, iter(child.contents)))
        elif type(child) is NavigableString:
            yield child, True


@dataclass(slots=True)
class _Box:
    number: int
    role: Role
    tweet: Tag | None = None
    keeps_lines: bool = False


class _Walk:
    """Gathers the text between block borders."""

    def __init__(self) -> None:
        self.page = Page()
        self._boxes = [_Box(0, Role.PARAGRAPH)]
        self._text: list[str] = []
        self._links = self._bolds = 0
        self._linked = self._bold = 0
        self._in_article = 0

    def take(self, element: PageElement, entering: bool) -> None:
        if not isinstance(element, Tag):
            self._add_lines(str(element))
        elif element.name == "br":
            if entering:
                self.flush()
        elif element.name in _INLINE:
            step = 1 if entering else -1
            self._links += step * (element.name == "a")
            self._bolds += step * (element.name in _BOLD)
            if element.name == "q":
                self._add("“" if entering else "”")
        elif entering:
            self.flush()
            self._open(element)
        else:
            self.flush()
            self._close(element)

    def flush(self) -> None:
        """End the current block."""
        text = _BLANKS.sub(" ", "".join(self._text).replace(_SOFT_HYPHEN, "")).strip()
        box = self._boxes[-1]
        if box.tweet is not None and box.role is Role.TWEET:
            text = _TWEET_DATE.sub("", text) if text.startswith(("—", "–", "-")) else text
        if text:
            self.page.blocks.append(Block(text, box.role, box.number, self._linked, self._bold))
        self._text.clear()
        self._linked = self._bold = 0

    def _add_lines(self, text: str) -> None:
        if not self._boxes[-1].keeps_lines:
            self._add(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.flush()
            self._add(line)

    def _add(self, text: str) -> None:
        self._text.append(text)
        size = len(text.strip())
        self._linked += size if self._links else 0
        self._bold += size if self._bolds else 0

    def _open(self, tag: Tag) -> None:
        outer = self._boxes[-1]
        self._in_article += tag.name in ("article", "main")
        self.page.parents.append(outer.number)
        self.page.furniture.append(self._is_furniture(tag))
        number = len(self.page.parents) - 1
        tweet = tag if _is_tweet(tag) else outer.tweet
        self._boxes.append(_Box(number, _role(tag, outer.role, tweet), tweet, outer.keeps_lines or tag.name == "pre"))

    def _close(self, tag: Tag) -> None:
        self._in_article -= tag.name in ("article", "main")
        box = self._boxes.pop()
        if box.tweet is tag and (address := _tweet_address(tag)):
            self.page.blocks.append(Block(address, Role.ADDRESS, box.number, 0, 0))

    def _is_furniture(self, tag: Tag) -> bool:
        if tag.name in _FURNITURE_TAGS or (tag.name == "header" and not self._in_article):
            return True
        if tag.get("role") in _FURNITURE_ROLES:
            return True
        return tag.name not in ("body", "html", "main", "article") and _has_furniture_name(tag)


def is_block_furniture(element: HtmlElement) -> bool:
    """Whether an element of lxml's tree looks like navigation, advertising or the like, wherever it stands."""
    name = element.tag
    if not isinstance(name, str) or name in _INLINE or name in _SKIPPED:
        return False
    if name in ("nav", "aside", "footer"):
        return True
    return name in ("div", "section", "ul", "ol") and _has_furniture_name(element)


def _hides(tag: Tag) -> bool:
    if not tag.attrs:
        return False
    style = tag.get("style")
    return (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or (isinstance(style, str) and _HIDDEN_STYLE.search(style[:_LONGEST_NAMES]) is not None)
    )


def _has_furniture_name(tag: Tag | HtmlElement) -> bool:
    classes, identifier = tag.get("class"), tag.get("id")
    names = f"{classes or ''} {identifier or ''}"[:_LONGEST_NAMES]
    parts = [part.lower() for part in _NAME_PART.findall(names)]
    if any(part in _FURNITURE_WORDS or part.startswith(_FURNITURE_STARTS) for part in parts):
        return True
    return any(one + other in _FURNITURE_WORDS for one, other in pairwise(parts))


def _role(tag: Tag, outer: Role, tweet: Tag | None) -> Role:
    if tweet is not None:
        return Role.TWEET
    if tag.name in _HEADINGS:
        return Role.HEADING
    if tag.name in ("li", "dt", "dd"):
        return Role.ITEM
    if tag.name in ("td", "th"):
        return Role.CELL
    if tag.name == "blockquote":
        return Role.QUOTE
    return outer if outer in (Role.QUOTE, Role.ITEM, Role.HEADING) else Role.PARAGRAPH


def _is_tweet(tag: Tag) -> bool:
    classes = tag.get("class")
    if tag.name != "blockquote" or classes is None:
        return False
    return any(name in ("twitter-tweet", "twitter-video", "twitter-tweet-rendered") for name in str(classes).split())


def _tweet_address(tag: Tag) -> str | None:
    """The tweet's own address: the last link to a status, without what follows the number."""
    found = None
    for link in tag.find_all("a", href=True, limit=50):
        if match := _TWEET_ADDRESS.match(str(link["href"])):
            found = match.group()
    return found
