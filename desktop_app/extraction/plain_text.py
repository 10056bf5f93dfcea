"""Plain text as agencies and readers save it: title, date line, dateline, paragraphs, headings, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from desktop_app.domain import ExtractedArticle, SentenceKind, Span
from desktop_app.extraction.dates import DateLine, find_full_dates, read_date_line, read_place_line
from desktop_app.extraction.stated import Stated, plausible
from desktop_app.extraction.structure import Line, build_article, ends_like_sentence, is_address_line, trimmed
from desktop_app.language.datelines import agency, dateline_end
from desktop_app.language.normalise import normalise
from desktop_app.language.scripts import detect_language
from desktop_app.language.sentences import split_sentences

_LONGEST_TITLE = 220
_LONGEST_HEADING = 120
_MOST_HEADING_WORDS = 18
_HEADER_PARAGRAPHS = 4
_LONGEST_WRAPPED_LINE = 100
_SHORTEST_WRAPPED_LINE = 40
_FEWEST_WRAPPED_LINES = 4
_CONTINUES = tuple(",;:–—-")
_SOCIAL = re.compile(r"[#@]\w|https?://|www\.")
_SOURCE_LINE = re.compile(r"(?:source|स्रोत|स्त्रोत|साभार)\s*[:–-]\s*(?P<name>[^:]{2,60})", re.IGNORECASE)
_BULLET = re.compile(r"[-•*·–—]")


def read_plain_text(text: str) -> ExtractedArticle:
    """The article in a normalised *text*, which it keeps to the character."""
    language = detect_language(text)
    spans = list(_paragraphs(text))
    contents = [text[span.start : span.end] for span in spans]
    kinds, date_line = _kinds_and_date(contents)
    date = plausible(date_line.date) if date_line else None
    source = _named_source(contents) or (date_line.source if date_line else None)
    for content, kind in zip(contents, kinds, strict=True):
        if kind is SentenceKind.SENTENCE:
            dateline = content[: dateline_end(content, lead=True)]
            source = source or agency(dateline)
            dated = find_full_dates(dateline)
            date = date or plausible(dated[0].date if dated else None)
            break
    lines = [Line(span.start, span.end, kind) for span, kind in zip(spans, kinds, strict=True)]
    return build_article(text, lines, language=language, date=date, source=source)


def read_stated_text(text: str, stated: Stated) -> ExtractedArticle:
    """The article in a normalised *text* of which a mail or a data file states title, day and so on apart.

    A stated title that the text does not begin with becomes its first line.
    """
    title = normalise(stated.title or "").strip()
    if not title:
        article = read_plain_text(text)
        return replace(
            article,
            date=stated.date or article.date,
            source=stated.source or article.source,
            address=stated.address,
        )
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if " ".join(first.split()).casefold() == title.casefold():
        text = text.lstrip()[len(first) :]
    body = text.strip()
    spans = list(_paragraphs(body))
    contents = [body[span.start : span.end] for span in spans]
    kinds, date_line = _kinds_and_date(contents, titled=True)
    shift = len(title) + 1
    lines = [Line(0, len(title), SentenceKind.TITLE)]
    lines += [Line(span.start + shift, span.end + shift, kind) for span, kind in zip(spans, kinds, strict=True)]
    text = f"{title}\n{body}"
    lead = next((content for content, kind in zip(contents, kinds, strict=True) if kind is SentenceKind.SENTENCE), "")
    return build_article(
        text,
        lines,
        language=detect_language(text),
        date=stated.date or (plausible(date_line.date) if date_line else None),
        source=stated.source or _named_source(contents) or agency(lead[: dateline_end(lead, lead=True)]),
        address=stated.address,
    )


def _named_source(contents: Sequence[str]) -> str | None:
    """The newsroom a line of its own names, above or below the report."""
    for content in (*contents[:_HEADER_PARAGRAPHS], *contents[-1:]):
        if match := _SOURCE_LINE.fullmatch(content):
            return match["name"].strip()
    return None


def _paragraphs(text: str) -> Iterator[Span]:
    """The lines that hold something; in a text broken to a fixed width, the paragraphs they make up."""
    lines: list[Span] = []
    start = 0
    for content in text.split("\n"):
        lines.append(trimmed(text, start, start + len(content)) if content else Span(start, start))
        start += len(content) + 1
    if not _is_wrapped(text, lines):
        yield from (line for line in lines if line.start < line.end)
        return
    begin: int | None = None
    end = 0
    for line in [*lines, Span(len(text), len(text))]:
        content = text[line.start : line.end]
        alone = not content or is_address_line(content) or read_date_line(content) is not None
        if alone and begin is not None:
            yield Span(begin, end)
            begin = None
        if alone and content:
            yield line
        elif content:
            begin, end = (line.start if begin is None else begin), line.end


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether paragraphs were broken into lines of a fixed width: most lines then end in mid-sentence."""
    broken = whole = 0
    for line, following in pairwise(lines):
        content, after = text[line.start : line.end], text[following.start : following.end]
        if not content or not after or is_address_line(content) or is_address_line(after):
            continue
        if len(content) > _LONGEST_WRAPPED_LINE:
            return False
        if len(content) >= _SHORTEST_WRAPPED_LINE and not ends_like_sentence(content):
            broken += 1
        else:
            whole += 1
    return broken >= _FEWEST_WRAPPED_LINES and broken >= 2 * whole


def _kinds_and_date(contents: Sequence[str], *, titled: bool = False) -> tuple[list[SentenceKind], DateLine | None]:
    """What each paragraph is, and the first line that says when (one with a year, if there is one)."""
    kinds = [SentenceKind.URL if is_address_line(content) else SentenceKind.SENTENCE for content in contents]
    dated: DateLine | None = None
    for index, line in _date_lines(contents):
        kinds[index] = SentenceKind.DATE
        if dated is None or dated.date is None:
            dated = line
    title = None if titled else _title(contents, kinds)
    if title is not None:
        kinds[title] = SentenceKind.TITLE
    for index, kind in enumerate(kinds):
        if kind is SentenceKind.SENTENCE and _is_heading(contents, kinds, index):
            kinds[index] = SentenceKind.HEADING
    return kinds, dated


def _date_lines(contents: Sequence[str]) -> Iterator[tuple[int, DateLine]]:
    """Date lines above the body, else one that closes the text."""
    found = False
    for index, content in enumerate(contents[:_HEADER_PARAGRAPHS]):
        line = read_date_line(content) or (read_place_line(content) if index else None)
        if line is not None:
            found = True
            yield index, line
        elif len(content) > _LONGEST_TITLE or (index > 0 and ends_like_sentence(content)):
            break
    last = len(contents) - 1
    if not found and last > 0 and (line := read_date_line(contents[last])) is not None:
        yield last, line


def _title(contents: Sequence[str], kinds: Sequence[SentenceKind]) -> int | None:
    body = [index for index, kind in enumerate(kinds) if kind is SentenceKind.SENTENCE]
    if len(body) < 2:
        return None
    first = body[0]
    content = contents[first]
    if len(content) > _LONGEST_TITLE or kinds[:first].count(SentenceKind.URL):
        return None
    if dateline_end(content, lead=False):
        return None
    if kinds[first + 1] is SentenceKind.DATE:
        return first
    closes = ends_like_sentence(content) and not content.rstrip("\"'”’").endswith(("?", "!", "…"))
    if closes or content.endswith(_CONTINUES) or _SOCIAL.match(content):
        return None
    return first


def _is_heading(contents: Sequence[str], kinds: Sequence[SentenceKind], index: int) -> bool:
    content = contents[index]
    if not _looks_like_heading(content):
        return False
    after = index + 1
    while after < len(contents) and kinds[after] is SentenceKind.DATE:
        after += 1
    if after >= len(contents) or kinds[after] is not SentenceKind.SENTENCE:
        return False
    following = contents[after]
    if not ends_like_sentence(following) and len(following) <= _LONGEST_HEADING:
        return False
    if index == 0 or kinds[index - 1] is not SentenceKind.SENTENCE:
        return index > 0
    before = contents[index - 1]
    return ends_like_sentence(before) or (len(before) > _LONGEST_HEADING and not before.endswith(_CONTINUES))


def _looks_like_heading(content: str) -> bool:
    if len(content) > _LONGEST_HEADING or "\n" in content or len(content.split()) > _MOST_HEADING_WORDS:
        return False
    if content.endswith(_CONTINUES) or content[0].islower() or _BULLET.match(content) or _SOCIAL.search(content):
        return False
    if ends_like_sentence(content) and not content.endswith("?"):
        return False
    return len(split_sentences(content, detect_language(content))) == 1
