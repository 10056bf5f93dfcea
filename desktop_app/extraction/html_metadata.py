"""What a web page says of itself: headline, day of publication, newsroom, language."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from desktop_app.domain import Language
from desktop_app.extraction.dates import read_timestamp
from desktop_app.extraction.stated import Stated, comparable, plausible, stated_address, stated_language, stated_line

_LONGEST_JSON = 1_000_000
_MOST_JSON_NODES = 20_000
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report\b|NewsItem|Review")
_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline", "parsely-title")
_DATE_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "publish-date", "publishdate", "publish_date", "published_time", "pubdate", "published-date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "article.published", "originalpublicationdate", "date",
)  # fmt: skip
_SOURCE_KEYS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "al:android:app_name",
)
_SUFFIX = re.compile(r"\s+(?:\||»|::|•|–|—|-)\s+(?=[^|»•–—-]+$)")
_SURE_SEPARATORS = frozenset(("|", "»", "::", "•"))
_LONGEST_SITE_NAME_WORDS = 4
_TELLING = ("meta", "script", "link", "title", "h1")


class Tags:
    """The tags that may say something of a page, gathered in one walk: BeautifulSoup's searches take one each."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._by_name: dict[str, list[Tag]] = {name: [] for name in _TELLING}
        self._dated: list[Tag] = []
        for element in soup.descendants:
            if isinstance(element, Tag):
                if element.name in self._by_name:
                    self._by_name[element.name].append(element)
                if element.attrs and element.get("itemprop") == "datePublished":
                    self._dated.append(element)

    def named(self, name: str, limit: int) -> list[Tag]:
        """The first *limit* tags of this name, which is one of those gathered."""
        return self._by_name[name][:limit]

    @property
    def dated(self) -> list[Tag]:
        return self._dated[:20]


def read_metadata(soup: BeautifulSoup, tags: Tags, described: Mapping[str, object]) -> Stated:
    """Gather what JSON-LD (*described*), meta elements, microdata and `<time>` say, in this order of trust."""
    named = _meta_values(tags)
    addresses = _addresses(tags, described, named)
    source = _source(described, named, addresses)
    return Stated(
        title=_title(tags, described, named, source),
        date=_date(soup, tags, described, named),
        source=source,
        language=_language(soup, described, named),
        address=next((address for value in addresses if (address := stated_address(value))), None),
    )


def _meta_values(tags: Tags) -> Mapping[str, str]:
    values: dict[str, str] = {}
    for tag in tags.named("meta", 1000):
        content = stated_line(tag.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = tag.get(attribute)
            if content and isinstance(name, str):
                values.setdefault(name.strip().lower(), content)
    return values


def described_article(tags: Tags) -> Mapping[str, object]:
    """The JSON-LD object that describes an article, empty where there is none."""
    for script in tags.named("script", 30):
        content = script.string or ""
        if len(content) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(content.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _json_objects(data):
            kind = node.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and _ARTICLE_TYPES.search(k) for k in kinds):
                return node
    return {}


def _json_objects(data: object) -> Iterator[dict[str, object]]:
    waiting, seen = [data], 0
    while waiting and seen < _MOST_JSON_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def described_text(described: Mapping[str, object]) -> str:
    """The `articleBody` of a JSON-LD article, empty where it has none."""
    body = described.get("articleBody")
    return body if isinstance(body, str) else ""


def _addresses(tags: Tags, described: Mapping[str, object], named: Mapping[str, str]) -> list[object]:
    """What may be the page's own address: an AMP page names that of the page it stands for."""
    canonical = next((tag for tag in tags.named("link", 1000) if "canonical" in str(tag.get("rel")).split()), None)
    main = described.get("mainEntityOfPage")
    if isinstance(main, dict):
        main = main.get("@id")
    return [canonical.get("href") if canonical else None, named.get("og:url"), described.get("url"), main]


def _source(described: Mapping[str, object], named: Mapping[str, str], addresses: Sequence[object]) -> str | None:
    publisher = described.get("publisher")
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    if name := stated_line(publisher):
        return name
    for key in _SOURCE_KEYS:
        if value := named.get(key):
            return value
    address = next((address for value in addresses if (address := stated_address(value))), None)
    host = urlsplit(address).hostname if address else None
    return host.removeprefix("www.") if host else None


def _title(tags: Tags, described: Mapping[str, object], named: Mapping[str, str], source: str | None) -> str | None:
    title_tag = next(iter(tags.named("title", 1)), None)
    stated = [stated_line(described.get("headline")), *(named.get(key) for key in _TITLE_KEYS)]
    candidates = [_without_site_name(title, source) for title in stated if title]
    if title_tag and (title := stated_line(title_tag.get_text(" "))):
        candidates.append(_without_site_name(title, source, in_title_tag=True))
    heading = _main_heading(tags, candidates)
    return heading or (candidates[0] if candidates else None)


def _main_heading(tags: Tags, candidates: list[str]) -> str | None:
    """The `h1` a reader sees over the article: the one most like the stated titles, else the only one."""
    headings = [heading for tag in tags.named("h1", 20) if (heading := stated_line(tag.get_text(" ")))]
    if not candidates:
        return headings[0] if headings else None
    wanted = _words(candidates[0])
    best = max(headings, key=lambda heading: _likeness(_words(heading), wanted), default=None)
    return best if best is not None and _likeness(_words(best), wanted) >= 0.5 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(comparable(word) for word in text.split()) - {""}


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _without_site_name(title: str, source: str | None, *, in_title_tag: bool = False) -> str:
    """ "Headline | Site" and "Headline - Site" without the site, which may be named in several parts.

    A hyphen parts off what is no known name only *in_title_tag*, and only a short name in capitals.
    """
    for _ in range(3):
        if (match := _SUFFIX.search(title)) is None:
            break
        head, tail = title[: match.start()], title[match.end() :]
        named = source is not None and comparable(tail) in (comparable(source), comparable(source.split(".")[0]))
        short = len(tail.split()) <= _LONGEST_SITE_NAME_WORDS and len(head.split()) >= len(tail.split())
        name_like = in_title_tag and not any(word[0].islower() for word in tail.split())
        if not named and not (short and (name_like or match.group().strip() in _SURE_SEPARATORS)):
            break
        title = head
    return title


def _date(soup: BeautifulSoup, tags: Tags, described: Mapping[str, object], named: Mapping[str, str]) -> dt.date | None:
    stated = [stated_line(described.get("datePublished")), *(named.get(key) for key in _DATE_KEYS)]
    stated.extend(stated_line(tag.get("content") or tag.get("datetime")) for tag in tags.dated)
    for value in stated:
        if value and (date := plausible(read_timestamp(value))) is not None:
            return date
    return next((date for tag in _times(soup) if (date := plausible(read_timestamp(tag))) is not None), None)


def _times(soup: BeautifulSoup) -> Iterator[str]:
    """The times marked in the page, those of the article before those of teasers, publication first."""
    inside: Tag = soup.article or soup.main or soup
    marked = inside.find_all("time", limit=20)
    marked.sort(key=lambda tag: not tag.has_attr("pubdate"))
    for tag in marked:
        yield stated_line(tag.get("datetime")) or stated_line(tag.get_text(" ")) or ""


def _language(soup: BeautifulSoup, described: Mapping[str, object], named: Mapping[str, str]) -> Language | None:
    root = soup.html
    stated = (
        described.get("inLanguage"),
        root.get("lang") if root else None,
        named.get("og:locale"),
        named.get("content-language"),
        named.get("dc.language"),
    )
    return next((language for value in stated if (language := stated_language(value)) is not None), None)
