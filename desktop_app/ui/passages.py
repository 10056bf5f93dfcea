"""What corresponds in two articles side by side, as the panes and the gutter need it. No Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain import Article, ArticlePair, Comparison, Language, PassageLink, Sentence, SentenceKind, Span

SURE = 0.6
"""Links below this probability are drawn as doubtful."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Sentences of both articles that say the same; where only one side says something, the other has none.

    `runs` holds, for each side, the stretches of text without a gap.
    """

    sentences: Mapping[Language, tuple[int, ...]]
    runs: Mapping[Language, tuple[Span, ...]]
    probability: float = 1.0

    @property
    def linked(self) -> bool:
        return all(self.sentences[language] for language in Language)

    @property
    def sure(self) -> bool:
        return self.probability >= SURE

    @property
    def only(self) -> Language | None:
        """The one side that says this, if only one does."""
        if self.linked:
            return None
        return Language.ENGLISH if self.sentences[Language.ENGLISH] else Language.HINDI


@dataclass(frozen=True, slots=True)
class Anchor:
    """Two stretches of text that belong level with each other."""

    en: Span
    hi: Span

    def side(self, language: Language) -> Span:
        return self.en if language is Language.ENGLISH else self.hi


class PassageMap:
    """The passages of a pair, found by sentence or by place in the text.

    A sentence may belong to several linked passages. Neighbouring sentences that only one side has are one passage.
    """

    def __init__(self, pair: ArticlePair, comparison: Comparison) -> None:
        assert pair.en is not None
        assert pair.hi is not None
        self._articles = {Language.ENGLISH: pair.en, Language.HINDI: pair.hi}
        self._starts = {side: [s.start for s in article.sentences] for side, article in self._articles.items()}
        links = (self._passage(link.en, link.hi, link.probability) for link in comparison.links)
        self.links: tuple[Passage, ...] = tuple(link for link in links if link.linked)
        lonely = [self._passage(run, (), 1.0) for run in self._neighbours(Language.ENGLISH, comparison.only_en)]
        lonely += [self._passage((), run, 1.0) for run in self._neighbours(Language.HINDI, comparison.only_hi)]
        chain = _monotone([(link, e, h) for link in self.links for e, h in _crossed(link)])
        self.anchors = tuple(
            Anchor(link.runs[Language.ENGLISH][e], link.runs[Language.HINDI][h]) for link, e, h in chain
        )
        self.only_one_side: tuple[Passage, ...] = tuple(sorted(lonely, key=self._combined_place))
        """In one reading order for both sides, as far as the links tell it."""
        self._of_sentence: dict[tuple[Language, int], list[Passage]] = {}
        alone = (self.sentence(p.only, s) for p in self.only_one_side if p.only for s in p.sentences[p.only])
        for passage in (*self.links, *alone):
            for language, sentences in passage.sentences.items():
                for sentence in sentences:
                    self._of_sentence.setdefault((language, sentence), []).append(passage)

    def at(self, language: Language, position: int) -> tuple[Passage, ...]:
        """The linked passages that hold the code point, surest first, or the sentence there that stands alone."""
        index = bisect_right(self._starts[language], position) - 1
        if index < 0:
            return ()
        if position > self._articles[language].sentences[index].end:
            return ()
        found = self._of_sentence.get((language, index), [])
        return tuple(sorted(found, key=lambda passage: -passage.probability))

    def sentences_in(self, language: Language, span: Span) -> tuple[int, ...]:
        """The sentences *span* touches; with an empty span, the one around it. Date and URL lines are none."""
        return tuple(
            index
            for index, sentence in enumerate(self._articles[language].sentences)
            if sentence.kind not in _NEVER_LINKED and _touches(sentence, span)
        )

    def link(self, link: PassageLink) -> Passage | None:
        """The linked passage of these very sentences."""
        wanted = {Language.ENGLISH: link.en, Language.HINDI: link.hi}
        return next((passage for passage in self.links if passage.sentences == wanted), None)

    def sentence(self, language: Language, index: int) -> Passage:
        """One sentence that only this side has, as a passage of its own."""
        english = language is Language.ENGLISH
        return self._passage((index,) if english else (), () if english else (index,), 1.0)

    def holders(self, passage: Passage) -> list[Passage]:
        """The one-sided passages of the map that *passage* is a part of."""
        language = passage.only
        if language is None:
            return []
        inside = set(passage.sentences[language])
        return [other for other in self.only_one_side if inside <= set(other.sentences[language])]

    def text(self, language: Language, sentence: int) -> str:
        article = self._articles[language]
        found = article.sentences[sentence]
        return article.text[found.start : found.end]

    def article(self, language: Language) -> Article:
        return self._articles[language]

    def linked_in_order(self, language: Language) -> list[Passage]:
        """The linked passages as one meets them reading that side."""
        return sorted(self.links, key=lambda link: (link.sentences[language], link.sentences[language.other]))

    def _passage(self, en: Sequence[int], hi: Sequence[int], probability: float) -> Passage:
        # A comparison made of an older text may speak of sentences the article no longer has.
        sentences = {
            language: tuple(index for index in indices if 0 <= index < len(self._articles[language].sentences))
            for language, indices in ((Language.ENGLISH, en), (Language.HINDI, hi))
        }
        runs = {language: tuple(self._runs(language, sentences[language])) for language in Language}
        return Passage(sentences, runs, probability)

    def _runs(self, language: Language, indices: Sequence[int]) -> Iterator[Span]:
        known = self._articles[language].sentences
        for run in self._neighbours(language, indices):
            yield Span(known[run[0]].start, known[run[-1]].end)

    def _neighbours(self, language: Language, indices: Sequence[int]) -> list[list[int]]:
        """*indices* of sentences the article has, in groups without a gap."""
        groups: list[list[int]] = []
        for index in sorted(index for index in indices if 0 <= index < len(self._articles[language].sentences)):
            if groups and index == groups[-1][-1] + 1:
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    def _combined_place(self, passage: Passage) -> tuple[int, Language, int]:
        """Between which anchors a passage stands; there the English ones come before the Hindi ones."""
        language = passage.only
        assert language is not None
        start = self._articles[language].sentences[passage.sentences[language][0]].start
        return bisect_left([anchor.side(language).start for anchor in self.anchors], start), language, start


_NEVER_LINKED = (SentenceKind.DATE, SentenceKind.URL)


def _touches(sentence: Sentence, span: Span) -> bool:
    if span.start == span.end:
        return sentence.start <= span.start <= sentence.end
    return sentence.start < span.end and span.start < sentence.end


def _crossed(link: Passage) -> Iterator[tuple[int, int]]:
    """Every run of one side with every run of the other, by number."""
    for e in range(len(link.runs[Language.ENGLISH])):
        for h in range(len(link.runs[Language.HINDI])):
            yield e, h


def _monotone(found: Sequence[tuple[Passage, int, int]]) -> list[tuple[Passage, int, int]]:
    """The surest selection in which both sides go forward: links that cross a surer order are left out.

    The heaviest increasing subsequence, by a staircase of best weights (Fredman 1975, with weights).
    """

    def places(item: tuple[Passage, int, int]) -> tuple[int, int]:
        link, e, h = item
        return link.runs[Language.ENGLISH][e].start, link.runs[Language.HINDI][h].start

    # Of several with one English start at most one is taken: they come with falling Hindi starts.
    ordered = sorted(found, key=lambda item: (places(item)[0], -places(item)[1]))
    stairs: list[int] = []
    weights: list[float] = []
    ends: list[int] = []
    before: list[int | None] = []
    total: list[float] = []
    for number, item in enumerate(ordered):
        place = places(item)[1]
        at = bisect_left(stairs, place)
        before.append(ends[at - 1] if at else None)
        total.append(item[0].probability + (weights[at - 1] if at else 0.0))
        if at < len(stairs) and stairs[at] == place and weights[at] >= total[-1]:
            continue
        stop = at
        while stop < len(stairs) and weights[stop] <= total[-1]:
            stop += 1
        stairs[at:stop], weights[at:stop], ends[at:stop] = [place], [total[-1]], [number]
    chain: list[tuple[Passage, int, int]] = []
    last = ends[-1] if ends else None
    while last is not None:
        chain.append(ordered[last])
        last = before[last]
    return chain[::-1]
