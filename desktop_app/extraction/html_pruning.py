"""A page without what no reader sees, made quickly: BeautifulSoup and trafilatura take their time for every tag.

Three tags of four in a news page are menus, scripts and pictures; they are left out while lxml parses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import lxml.html
from bs4 import BeautifulSoup
from lxml import etree
from lxml.html import HtmlElement, tostring

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
_SECTION = re.compile(r"<(?:article|main|section|header|footer|nav|aside|figure)[\s>]", re.IGNORECASE)
_DROPPED = frozenset(
    (
        "style", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video", "select",
        "textarea", "button", "datalist", "map", "noscript",
    )
)  # fmt: skip
_EMPTY = frozenset(("img", "input", "source", "track", "embed", "param", "wbr"))
"""Elements of HTML 5 without an end, some of which lxml's parser (HTML 4) takes to hold what follows them."""
_DESCRIPTION = "application/ld+json"
_KEPT_ATTRIBUTES = frozenset(
    (
        "class", "id", "role", "itemprop", "itemtype", "lang", "rel", "href", "content", "name", "property",
        "http-equiv", "datetime", "pubdate", "type",
    )
)  # fmt: skip
_KEPT_OF_LINKS = frozenset(("href", "itemprop", "rel"))
_LONGEST_ATTRIBUTE = 500
_DEEPEST = 250
_MOST_SEARCHED = 20_000
_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?::[A-Za-z][A-Za-z0-9_.-]*)?")
"""What lxml takes for a name; "span" stands for any other."""
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MENUS = ("ul", "ol", "nav")
_FEWEST_LINKS = 5
_LINKED = 0.95
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrunedPage:
    """A page's tree, None where it has no element; `overgrown` where it nests or goes on beyond all reason."""

    root: HtmlElement | None
    overgrown: bool


def pruned_page(markup: str) -> PrunedPage:
    """*markup* as a tree without scripts (but JSON-LD), pictures, hidden parts, menus, and most attributes."""
    pruning = _Pruning(clean=_UNFIT.search(markup) is None and "&#" not in markup)
    if _BODY.search(markup) is None:
        # lxml does not know that these begin the body where no tag says so, and would leave them in the head.
        markup = _SECTION.sub(r"<body>\g<0>", markup, count=1)
    data = _DECLARATION.sub("", markup).encode("utf-8", "replace")
    parser = etree.HTMLParser(target=pruning, encoding="utf-8", no_network=True)
    root: HtmlElement | None = etree.fromstring(data, parser) if data.strip() else None
    menus = list(root.iter(*_MENUS)) if root is not None and not pruning.overgrown else []
    for menu in menus:
        if _is_menu(menu) and menu.getparent() is not None:
            menu.drop_tree()
    return PrunedPage(root, pruning.overgrown)


def soup_of(page: PrunedPage) -> BeautifulSoup:
    """BeautifulSoup's tree of a pruned page."""
    root = page.root
    markup = "" if root is None else tostring(root, encoding="unicode")
    # A list for each class attribute takes time that nobody asks for.
    return BeautifulSoup(markup, "lxml", multi_valued_attributes=None)


class _Pruning:
    """What lxml's parser tells of a page, as it reads it; gives the tree at the end.

    lxml's own trees take minutes for a tag of 100,000 attributes, and end where the page nests too deep.
    """

    def __init__(self, *, clean: bool) -> None:
        """*clean*: the page holds no characters that a tree cannot."""
        self._clean = clean
        self._tree = etree.TreeBuilder(element_factory=lxml.html.html_parser.makeelement)
        self._depth = self._dropped = self._count = 0
        self._open: list[str] = []
        self._waiting: tuple[str, dict[str, str]] | None = None
        self._side_by_side: str | None = None

    @property
    def overgrown(self) -> bool:
        return self._count > _MOST_SEARCHED

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _EMPTY:
            return
        if self._dropped or tag in _DROPPED or _is_unseen(tag, attributes):
            self._dropped += 1
            return
        if not (tag.isascii() and tag.isalpha()) and not _TAG_NAME.fullmatch(tag):
            tag = "span"
        self._depth += 1
        self._count += 1
        wanted = _KEPT_OF_LINKS if tag == "a" else _KEPT_ATTRIBUTES
        kept = {name: value[:_LONGEST_ATTRIBUTE] for name, value in attributes.items() if name in wanted}
        if not self._clean:
            kept = {name: _UNFIT.sub("", value) for name, value in kept.items()}
        if self._depth > _DEEPEST:
            self._end_side_by_side()
            self._waiting = (tag, kept)
        else:
            self._open.append(tag)
            self._tree.start(tag, kept)

    def data(self, data: str) -> None:
        if self._dropped:
            return
        if self._waiting is not None and data.strip():
            self._side_by_side = self._waiting[0]
            self._tree.start(*self._waiting)
            self._waiting = None
        self._tree.data(data if self._clean else _UNFIT.sub("", data))

    def end(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self._dropped:
            self._dropped -= 1
            return
        self._depth -= 1
        if self._depth >= _DEEPEST:
            self._end_side_by_side()
        else:
            self._tree.end(self._open.pop())

    def close(self) -> HtmlElement | None:
        return self._tree.close() if self._count else None

    def _end_side_by_side(self) -> None:
        self._waiting = None
        if self._side_by_side is not None:
            self._tree.end(self._side_by_side)
            self._side_by_side = None


def _is_unseen(tag: str, attributes: Mapping[str, str]) -> bool:
    if not attributes:
        return tag == "script"
    if tag == "script":
        return attributes.get("type", "").strip().lower() != _DESCRIPTION
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return tag not in ("html", "body")
    style = attributes.get("style")
    return style is not None and tag not in ("html", "body") and _HIDDEN_STYLE.search(style[:300]) is not None


def _is_menu(element: HtmlElement) -> bool:
    """Whether all of a list is links."""
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return False
    linked = sum(len(_text_of(link)) for link in links)
    return linked >= _LINKED * len(" ".join(_text_of(element).split()))


def _text_of(element: HtmlElement) -> str:
    return str(tostring(element, method="text", encoding="unicode", with_tail=False))
