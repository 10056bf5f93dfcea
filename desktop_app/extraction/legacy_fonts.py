"""Hindi typed for fonts that draw Devanagari over Latin codes (Kruti Dev, Chanakya): known, and made Unicode.

Such a text is known by the words it is made of: "ds", "esa", "dh", "gS" are what के, में, की, है look like in Kruti
Dev, and no English text is full of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from desktop_app.domain import ExtractedArticle, SentenceKind
from desktop_app.extraction.chanakya import from_chanakya
from desktop_app.extraction.plain_text import read_plain_text
from desktop_app.extraction.stated import plausible
from desktop_app.extraction.structure import Line, build_article, is_address_line
from desktop_app.language.normalise import normalise
from desktop_app.language.scripts import detect_language
from desktop_app.records import LegacyText

# The commonest Hindi words as Kruti Dev 010 and the fonts of its layout (DevLys, Walkman Chanakya 905) have them.
_KRUTI_WORDS = frozenset(
    (
        "ds", "esa", "dh", "gS", "dk", "ls", "dks", "vkSj", "us", "ij", "fd", "ugha", "fy,", "Hkh", "gSa", "Fkk",
        ";g", "bl", ",d", "dj", "gh", "rks", "gks", "x;k", "Fkh", "Fks", "lkFk", "ckn", "og", "mu", "fd;k", "dgk",
        "vius", "jgk", "jgs", "jgh", "rd", "xbZ", "djus", "muds", "gq,", "fn;k", "crk;k", "gSA", "gSaA", "FkkA",
        "FkhA", "tks", "tk", "vU;", "bls", "gksus", "gqbZ", "vkt", "izns'k", "Hkkjr", "ljdkj", "iqfyl", "dgkA",
    )
)  # fmt: skip
_CHANAKYA_LETTERS = re.compile(r"[·¤æçðñèéêÚÌÙ×ãÂÜØßÖ¥§´¢ÎËÏâ]")
_CHANAKYA_SURE = re.compile(r"[·È]¤|æ[ðñ]|ãñ|ÚU")
_ENGLISH_WORDS = frozenset(
    (
        "the", "of", "and", "to", "in", "a", "is", "for", "on", "by", "with", "from", "that", "was", "were", "has",
        "have", "at", "as", "it", "be", "said", "are", "not", "he", "she", "they",
    )
)  # fmt: skip
_FEWEST_WORDS, _FEWEST_SURE, _FEWEST_ALONE = 4, 2, 15
_SHARE, _SHARE_OF_NAMED = 0.12, 0.04
_CHANAKYA_SHARE = 0.35
_FEWEST_LETTERS = 20
_PREVIEW = 600
_FONT_FAMILIES = ("kruti", "devlys", "chanakya")
_FONT_NAME = re.compile(
    r"(?:font-family\s*:|face\s*=|w:ascii\s*=)[^;>\"']{0,60}[\"']?[^;>\"']{0,60}?"
    r"\b(kruti\s?dev(?:[ _-]?\d{2,3})?|devlys(?:[ _-]?\d{2,3})?|(?:walkman[ -])?chanakya(?:[ -]?\d{3})?)",
    re.IGNORECASE,
)


class Layout(Enum):
    """Which codes stand for which letters; many fonts share one."""

    KRUTI = "Kruti Dev"
    CHANAKYA = "Chanakya"


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What a text was typed for; `name` is the font's, if the file names one, else its family's."""

    layout: Layout
    name: str


def font_named_in(markup: str) -> str | None:
    """The legacy font that a page or document sets its text in, if any; a page may name one without using it."""
    small = markup.lower()
    match = _FONT_NAME.search(markup) if any(name in small for name in _FONT_FAMILIES) else None
    return " ".join(match[1].split()) if match else None


def legacy_font_of(text: str, named: str | None = None) -> LegacyFont | None:
    """What *text* was typed for; *named* is a font its file names. None for English and for Unicode."""
    layout = _layout_of(text, named=named is not None)
    return LegacyFont(layout, named or layout.value) if layout is not None else None


def preview(article: ExtractedArticle, font: LegacyFont) -> LegacyText:
    """The beginning of the text as it is, and as it would be."""
    before = article.text[:_PREVIEW]
    return LegacyText(font.name, before, "\n".join(_converted_lines(before.split("\n"), font)))


def convert(article: ExtractedArticle, font: LegacyFont, *, plain: bool) -> ExtractedArticle:
    """The article in Unicode. What its kinds of lines are is only kept where it did not come from the text itself."""
    lines = _converted_lines(article.text.split("\n"), font)
    if plain:
        read = read_plain_text(normalise("\n".join(lines)))
        return replace(
            read, date=article.date or read.date, source=article.source or read.source, address=article.address
        )
    kinds = {sentence.start: sentence.kind for sentence in article.sentences}
    found, start, old_start = [], 0, 0
    for old, line in zip(article.text.split("\n"), lines, strict=True):
        if line.strip():
            found.append(Line(start, start + len(line), kinds.get(old_start, SentenceKind.SENTENCE)))
        start += len(line) + 1
        old_start += len(old) + 1
    text = "\n".join(lines)
    return build_article(
        text,
        found,
        language=detect_language(text),
        date=plausible(article.date),
        source=article.source,
        address=article.address,
    )


def _layout_of(text: str, *, named: bool) -> Layout | None:
    words = text.split()
    known = [word for word in words if word in _KRUTI_WORDS]
    # Letters and marks that no other language has inside its words: "gS", "vkSj", ";g", ",d".
    sure = {word for word in known if not (word.isalpha() and word.islower())}
    english = sum(map(_is_english, words))
    alone = not english and len(words) >= _FEWEST_ALONE and len(set(known)) >= _FEWEST_WORDS
    if (
        len(known) >= (1 if named else _FEWEST_WORDS)
        and (named or alone or len(sure) >= _FEWEST_SURE)
        and len(known) >= (_SHARE_OF_NAMED if named else _SHARE) * (len(words) - english)
        and len(known) > (0 if named else 0.25) * english
    ):
        return Layout.KRUTI
    letters = _CHANAKYA_LETTERS.findall(text)
    if len(letters) >= _FEWEST_LETTERS and _CHANAKYA_SURE.search(text):
        shown = sum(not character.isspace() for character in text)
        if len(letters) >= (_SHARE if named else _CHANAKYA_SHARE) * shown:
            return Layout.CHANAKYA
    return None


def _is_english(word: str) -> bool:
    return word.strip(".,;:!?()\"'").lower() in _ENGLISH_WORDS


def _converted_lines(lines: Sequence[str], font: LegacyFont) -> list[str]:
    return [normalise(_converted(line, font)).strip() if _is_typed_for(line, font) else line for line in lines]


def _is_typed_for(line: str, font: LegacyFont) -> bool:
    """Addresses, English lines and Devanagari stand in such texts as they are."""
    if not line.strip() or is_address_line(line.strip()) or re.search(r"[\u0900-\u097f]", line):
        return False
    if font.layout is Layout.CHANAKYA:
        return len(_CHANAKYA_LETTERS.findall(line)) >= 0.1 * len(line)
    words = line.split()
    english = sum(map(_is_english, words))
    return english == 0 or any(word in _KRUTI_WORDS for word in words if not _is_english(word))


def _converted(line: str, font: LegacyFont) -> str:
    if font.layout is Layout.CHANAKYA:
        return from_chanakya(line)
    from hinlegacy import decode

    # The layout is DevLys's too, whose converter makes fewer mistakes than that named after Kruti Dev.
    return " ".join(str(decode(line, "devlys_010")).split())
