"""The words of the index: inflections, completions, other-script spellings, the nearest to a misspelt one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from desktop_app.language.folding import fold, stem
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import skeletons, spelled_letters, word_similarity
from desktop_app.search.analysis import CAPITALS
from desktop_app.search.terms_file import FieldTerms, has_sound, letters_key, sound_key

COMPLETIONS = 10
_MOST_SPELLINGS = 6
_SURE_SPELLING = 0.8
_LEAST_LIKENESS = 70


class Vocabulary:
    """Looks words up in all segments of one snapshot. Words come and go folded."""

    def __init__(self, segments: Iterable[FieldTerms]) -> None:
        self._segments = tuple(segments)
        self.inflections = lru_cache(2_000)(self._inflections)
        self.completions = lru_cache(2_000)(self._completions)
        self.other_script = lru_cache(2_000)(self._other_script)

    def documents(self, form: str) -> int:
        """How many documents hold *form*, deleted ones included."""
        entries = (segment.find(form) for segment in self._segments)
        return sum(entry.documents for entry in entries if entry is not None)

    def _inflections(self, form: str) -> tuple[str, ...]:
        """The other forms that share the stem of *form*, the most frequent first."""
        key = stem(form)
        found = {other for segment in self._segments for other in segment.with_stem(key)} - {form}
        return tuple(sorted(found, key=lambda other: (-self.documents(other), other)))

    def _completions(self, prefix: str) -> tuple[str, ...]:
        """The most frequent forms that begin with *prefix* and go on."""
        counts: Counter[str] = Counter()
        for segment in self._segments:
            places = segment.beginning_with(prefix)
            documents = segment.document_counts[places.start : places.stop]
            if len(documents) > 4 * COMPLETIONS:
                best = documents.argpartition(-4 * COMPLETIONS)[-4 * COMPLETIONS :].tolist()
            else:
                best = list(range(len(documents)))
            for place in best:
                counts[segment.terms[places.start + place]] += int(documents[place])
        counts.pop(prefix, None)
        return tuple(sorted(counts, key=lambda form: (-counts[form], form))[:COMPLETIONS])

    def _other_script(self, form: str) -> tuple[str, ...]:
        """The forms of the other script that spell *form* by sound, the surest first.

        Function words and words of less than two consonants (`us`, `उस`) are left alone: nearly anything
        spells them. Acronyms meet only their letters' names (`BJP`, बीजेपी).
        """
        letters = form[1:] if form[0] == CAPITALS else None
        if letters is not None:
            return tuple({other for segment in self._segments for other in segment.with_sound(letters_key(letters))})
        if not has_sound(form):
            return ()
        devanagari = is_devanagari(form)
        initials = spelled_letters(form) if devanagari else None
        if initials is not None and self.documents(CAPITALS + initials.lower()):
            return (CAPITALS + initials.lower(),)
        found: dict[str, float] = {}
        for skeleton in skeletons(form):
            key = sound_key(skeleton, devanagari=not devanagari)
            for segment in self._segments:
                for other in segment.with_sound(key):
                    if other not in found:
                        english, hindi = (other, form) if devanagari else (form, other)
                        found[other] = word_similarity(english, hindi)
        sure = [other for other, likeness in found.items() if likeness >= _SURE_SPELLING]
        return tuple(sorted(sure, key=lambda other: (-found[other], other))[:_MOST_SPELLINGS])

    def nearest(self, word: str) -> str | None:
        """The indexed form most like *word*, if one is like enough to be meant."""
        from rapidfuzz import fuzz, process

        form = fold(word)
        if len(form) < 3:
            return None
        near = [other for segment in self._segments for other in segment.terms if _is_near(form, other)]
        best = process.extract(form, near, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=5)
        if not best:
            return None
        return str(max(best, key=lambda match: (match[1], self.documents(match[0])))[0])


def _is_near(form: str, other: str) -> bool:
    """Whether *other* is worth comparing: nearly as long, and in the same script."""
    if abs(len(other) - len(form)) > 2 or other[0] == CAPITALS or other == form:
        return False
    return is_devanagari(other) == is_devanagari(form)
