"""Who is quoted in an article, and in what words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain import EntityType, Language, Mention, MentionForm, Span
from desktop_app.stories.features import ArticleText

_QUOTED = re.compile(
    r"[“\"](?P<double>[^“”\"\n]{1,600})[”\"]"
    r"|‘(?P<single>[^‘’\n]{1,400})’(?!\w)"
    r"|(?<!\w)'(?P<plain>[^'\n]{12,400})'(?!\w)"
)
_FEWEST_WORDS = 3
_NEAR = 160

_SAID_EN = (
    r"(?:said|says|told|tells|wrote|writes|added|adds|asked|replied|posted|tweeted|stated|declared|called|announced|"
    r"remarked|insisted|warned|noted|dubbed|according to)"
)
_WORD_EN = r"(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Sen|Gen)\.|[A-Z][\w’'-]*"
_NAME_EN = rf"(?:(?:{_WORD_EN})(?:\s+(?:of|the|al|bin|de|von|{_WORD_EN})){{0,7}}|[Hh]e|[Ss]he|[Tt]hey)"
_ASIDE_EN = r"(?:,[^,\"“”]{3,60},)?\s+(?:had\s+|has\s+|also\s+|later\s+)?"
_BEFORE_VERB_EN = re.compile(rf"(?P<who>{_NAME_EN}){_ASIDE_EN}{_SAID_EN}\b")
_SAID_FIRST_EN = r"(?:said|says|wrote|writes|added|adds|replied|posted|tweeted|remarked|according to)"
_AFTER_VERB_EN = re.compile(rf"\b{_SAID_FIRST_EN}\s+(?P<who>{_NAME_EN})")
_SAID_HI = r"(?:कहा|कही|बताया|लिखा|पूछा|बोले|जोड़ा|दोहराया|चेताया|ट्वीट|पोस्ट|घोषणा|सवाल|दावा|बल)"
_WORD_HI = r"[\u0900-\u0963\u0971-\u097f.@\w-]+"
_SPEAKER_HI = re.compile(rf"(?P<who>(?:{_WORD_HI}\s+){{0,6}}?{_WORD_HI})\s+ने(?=\s)[^।\"“”]{{0,80}}?{_SAID_HI}")
_ACCORDING_HI = re.compile(rf"(?P<who>(?:{_WORD_HI}\s+){{0,5}}{_WORD_HI})\s+(?:के|का)\s+(?:अनुसार|मुताबिक|कहना)")
_CLAUSE_OPENERS = frozenset((
    "इसके", "इस", "बीच", "बाद", "हालांकि", "वहीं", "उधर", "साथ", "ही", "और",
    "लेकिन", "जबकि", "में", "से", "पर", "को", "की", "का", "के", "रहे", "कर", "गए", "मिनट",
))  # fmt: skip
_PRONOUNS = frozenset(("he", "she", "they", "उन्होंने", "इन्होंने", "जिन्होंने"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. Spans are in the article's text; `span` holds the words without the marks.

    `speaker` is how the text names the speaker there, "" where it does not; `entity` is who that is, if known.
    """

    language: Language
    sentence: int
    span: Span
    text: str
    speaker: str = ""
    entity: int | None = None


def quotations(article: ArticleText, mentions: Sequence[Mention] = ()) -> tuple[Quotation, ...]:
    """The quotations of at least three words in *article*, in reading order.

    *mentions* of people and bodies tell who a pronoun stands for.
    """
    people = [m for m in mentions if m.type in (EntityType.PER, EntityType.ORG)]
    return tuple(_find(article, people))


def _find(article: ArticleText, people: Sequence[Mention]) -> Iterator[Quotation]:
    text = article.text
    for match in _QUOTED.finditer(text):
        group = match.lastgroup
        if group is None or len(match[group].split()) < _FEWEST_WORDS:
            continue
        span = Span(match.start(group), match.end(group))
        sentence = _sentence_at(article, span)
        if sentence is None:
            continue
        who = _speaker(article, match.start(), match.end())
        named = _mention_at(who, people) if who is not None else None
        if named is not None:
            who = Span(named.start, named.end)
        name = text[who.start : who.end] if who is not None else ""
        entity = named.entity if named is not None else None
        if named is not None and (named.form is MentionForm.PRONOUN or name.lower() in _PRONOUNS):
            name = _last_name(named.entity, people, span.start) or name
        yield Quotation(article.language, sentence, span, match[group].strip(), name, entity)


def _sentence_at(article: ArticleText, span: Span) -> int | None:
    for number, sentence in enumerate(article.sentences):
        if sentence.start < span.end and span.start < sentence.end:
            return number
    return None


def _speaker(article: ArticleText, start: int, end: int) -> Span | None:
    """Where the paragraph names the speaker of the quotation from *start* to *end*: after it first, then before."""
    text = article.text
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    after = Span(end, min(line_end if line_end >= 0 else len(text), end + _NEAR))
    before = Span(max(line_start, start - _NEAR), start)
    if article.language is Language.ENGLISH:
        order = ((after, False, _BEFORE_VERB_EN), (after, False, _AFTER_VERB_EN), (before, True, _BEFORE_VERB_EN))
    else:
        order = ((before, True, _SPEAKER_HI), (after, False, _SPEAKER_HI), (before, True, _ACCORDING_HI))
    for area, last, pattern in order:
        found = _search(text, area, pattern, last=last)
        if found is not None:
            return found if article.language is Language.ENGLISH else _trimmed(text, found)
    return None


def _search(text: str, area: Span, pattern: re.Pattern[str], *, last: bool) -> Span | None:
    places = [Span(match.start("who"), match.end("who")) for match in pattern.finditer(text, area.start, area.end)]
    if not places:
        return None
    return places[-1] if last else places[0]


def _trimmed(text: str, who: Span) -> Span:
    """Drop what stands before the speaker in the clause: "इसके बाद", "इस बीच", "हालांकि"."""
    words = text[who.start : who.end].split()
    while len(words) > 1 and words[0].strip(",.") in _CLAUSE_OPENERS:
        words = words[1:]
    return Span(who.end - len(" ".join(words)), who.end) if words else who


def _mention_at(who: Span, people: Sequence[Mention]) -> Mention | None:
    """The mention that names the speaker: a name rather than a title, the last rather than the first."""
    inside = [m for m in people if m.start < who.end and who.start < m.end]
    return max(inside, key=lambda m: (m.form is not MentionForm.TITLE, m.end)) if inside else None


def _last_name(entity: int, people: Sequence[Mention], before: int) -> str:
    """How the text last named *entity* before a place."""
    named = [m for m in people if m.entity == entity and m.form is MentionForm.NAME and m.start < before]
    return named[-1].text if named else ""
