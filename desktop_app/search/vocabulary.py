"""The words of the index: inflections, completions, other-script spellings, the nearest to a misspelt one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import TypeVar

from desktop_app.language.folding import fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.lexicon import Lexicon, Translation
from desktop_app.language.likeness import most_alike, plain_vowels
from desktop_app.language.roman_hindi import shipped_roman_hindi, spells_long_vowels, with_long_vowels
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import skeletons, spelled_letters, word_similarity
from desktop_app.search.analysis import CAPITALS
from desktop_app.search.keeping import Keeper
from desktop_app.search.terms_file import FieldTerms, has_sound, letters_key, sound_key

COMPLETIONS = 10
EVERY_COMPLETION = 1_000
"""What `word*` may stand for; beyond that come words that nearly no article has."""
_MOST_JUDGED = 6
"""Forms of one sound that the aligner judges; of more, those spelled most alike."""
_MOST_SPELLINGS = 6
_SURE_SPELLING = 0.8
_SURER_SPELLING = 0.95
_SHORTEST_OF_ONE_CONSONANT = 3
_SURE_TRANSLATION = 0.3
_MOST_TRANSLATIONS = 4
_LEAST_LIKENESS = 76
_MAYBE_LIKE, _MOST_LIKELY = 50, 200
_SURE_LIKENESS, _SURER_LIKENESS = 82, 88
_SHORTEST_MISSPELT = 3
_LONGEST_DOTTED = 5
_LIKE_SPELLING, _SAME_NAME, _SAME_BUT_VOWELS = 75, 85, 95
_COMMON = 3
"""A word in so many texts of the lexicon's is no passing loan."""


_Made = TypeVar("_Made")


class Vocabulary:
    """Looks words up in all segments of one snapshot. Words come and go folded."""

    def __init__(self, segments: Iterable[FieldTerms], lexicon: Lexicon, names: Iterable[FieldTerms] = ()) -> None:
        """*segments* hold the words of the texts, *names* the names of what the texts mention."""
        self._segments, self._names = tuple(segments), tuple(names)
        self._lexicon = lexicon
        self.inflections = lru_cache(2_000)(self._inflections)
        self.completions = lru_cache(2_000)(self._completions)
        self.other_script = lru_cache(2_000)(self._other_script)
        self.spellings = lru_cache(2_000)(self._spellings)
        self.translations = lru_cache(2_000)(self._translations)
        self.readings = lru_cache(2_000)(self._readings)
        self.corrected = lru_cache(2_000)(self._corrected)
        self._kept = Keeper(4_000)

    def remembered(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What *make* made for *key* lately, or makes: to be asked for what depends on this vocabulary alone."""
        return self._kept.get(key, lambda: (make(), 1))

    def documents(self, form: str) -> int:
        """How many documents hold *form*, deleted ones included."""
        entries = (segment.find(form) for segment in self._segments)
        return sum(entry.documents for entry in entries if entry is not None)

    def is_name(self, term: str) -> bool:
        """Whether some article mentions something of this whole name (see `analysis.whole_name`)."""
        return any(segment.find(term) is not None for segment in self._names)

    def _inflections(self, form: str) -> tuple[str, ...]:
        """The other forms that share the stem of *form*, the most frequent first."""
        key = stem(form)
        found = {other for segment in self._segments for other in segment.with_stem(key)} - {form}
        return tuple(sorted(found, key=lambda other: (-self.documents(other), other)))

    def _completions(self, prefix: str, every: bool = False) -> tuple[str, ...]:
        """The most frequent forms that begin with *prefix* and go on: the likeliest, or as good as *every* one."""
        most = EVERY_COMPLETION if every else COMPLETIONS
        counts: Counter[str] = Counter()
        for segment in self._segments:
            places = segment.beginning_with(prefix)
            documents = segment.document_counts[places.start : places.stop]
            if len(documents) > 4 * most:
                best = documents.argpartition(-4 * most)[-4 * most :].tolist()
            else:
                best = list(range(len(documents)))
            for place in best:
                counts[segment.terms[places.start + place]] += int(documents[place])
        counts.pop(prefix, None)
        return tuple(sorted(counts, key=lambda form: (-counts[form], form))[:most])

    def _other_script(self, form: str, is_wanted: Callable[[str], bool] | None = None) -> tuple[str, ...]:
        """The forms of the other script that spell *form* by sound, the surest first; others than those wanted may
        lack.

        Acronyms meet only their letters' names (`BJP`, बीजेपी). A word that the lexicon can translate is no
        name: it meets only its loan (`court`, कोर्ट), not what happens to sound like it (`man`, मन).
        """
        if form[0] == CAPITALS:
            return self.letter_names(form[1:])
        if not has_sound(form):
            return ()
        devanagari = is_devanagari(form)
        names = () if devanagari else self.letter_names(form)
        if names:
            return names
        initials = spelled_letters(form) if devanagari else None
        if initials is not None and self.documents(CAPITALS + initials.lower()):
            return (CAPITALS + initials.lower(),)
        if not devanagari and is_wanted is not None and spells_long_vowels(form):
            is_wanted = None  # which of them are kept depends on all
        found = self._sounding_like(form, is_wanted, devanagari=devanagari)
        known = {other.stem for other in self._in_lexicon(form)}
        sure = {
            other: likeness
            for other, likeness in found.items()
            if likeness >= _SURE_SPELLING
            and (not known or stem(other) in known or (likeness >= _SURER_SPELLING and self._may_be_loan(form, other)))
        }
        if not devanagari:
            kept = set(with_long_vowels(form, sure))
            sure = {other: likeness for other, likeness in sure.items() if other in kept}
        return tuple(sorted(sure, key=lambda other: (-sure[other], other))[:_MOST_SPELLINGS])

    def _may_be_loan(self, form: str, other: str) -> bool:
        """Whether *other*, which sounds like a word that has translations, may be the same word borrowed.

        Into English anything is; into Hindi what is no common Hindi word of another meaning (`bond` is बॉन्ड, but
        `case` is not कैसे).
        """
        key = stem(other)
        if is_devanagari(form):
            return True
        if any(back.stem == stem(form) for back in self._lexicon.to_english(key)):
            return True
        return not self._in_lexicon(other) and not self._is_common(other)

    def _is_word(self, form: str) -> bool:
        """Whether the lexicon has met *form* at all."""
        key = stem(form)
        found = self._lexicon.to_english(key) if is_devanagari(form) else self._lexicon.to_hindi(key)
        return bool(found) or key in self._lexicon.frequencies

    def _is_common(self, word: str) -> bool:
        return self._lexicon.frequencies.get(stem(word), 0) >= _COMMON

    def letters_of(self, form: str) -> str:
        """The letters of an acronym, however written (un, यूएन); none of an ordinary word."""
        if form[0] == CAPITALS:
            return form[1:]
        if is_devanagari(form):
            return (spelled_letters(form) or "").lower()
        short = form.isascii() and form.isalpha() and 1 < len(form) <= _LONGEST_DOTTED
        return form if short and form not in FUNCTION_WORDS and not self._in_lexicon(form) else ""

    def letter_names(self, letters: str) -> tuple[str, ...]:
        """The Devanagari forms that spell these Latin *letters* by their names (rbi, आरबीआई)."""
        key = letters_key(letters)
        return tuple(sorted({other for segment in self._segments for other in segment.with_sound(key)}))

    def _sounding_like(
        self, form: str, is_wanted: Callable[[str], bool] | None = None, *, devanagari: bool
    ) -> dict[str, float]:
        """Forms of the other script with a skeleton of *form*, and how surely they spell it."""
        alike: dict[str, bool] = {}  # → whether it shares no more than one consonant: nearly anything spells `us`
        for skeleton in sorted(skeletons(form)):  # of forms written equally alike always the same are judged
            one_consonant = len(skeleton.removeprefix("a")) < 2
            if one_consonant and len(form) < _SHORTEST_OF_ONE_CONSONANT:
                continue
            key = sound_key(skeleton, devanagari=not devanagari)
            for segment in self._segments:
                for other in segment.with_sound(key):
                    alike[other] = one_consonant and alike.get(other, True)
        found: dict[str, float] = {}
        likely = most_alike(form, alike, _MOST_JUDGED)
        for other in likely if is_wanted is None else filter(is_wanted, likely):
            likeness = word_similarity(other, form) if devanagari else word_similarity(form, other)
            found[other] = likeness if not alike[other] or likeness >= _SURER_SPELLING else 0.0
        return found

    def _in_lexicon(self, form: str) -> tuple[Translation, ...]:
        """The lexicon's translations of *form*, the surest first; none if not one of them is sure."""
        key = stem(form)
        found = self._lexicon.to_english(key) if is_devanagari(form) else self._lexicon.to_hindi(key)
        return found if found and found[0].probability >= _SURE_TRANSLATION else ()

    def _translations(self, form: str) -> tuple[str, ...]:
        """The forms of the other language that translate *form*, or what *form* spells in the other script."""
        if form in FUNCTION_WORDS or form[0] == CAPITALS:
            return ()
        found = self._in_lexicon(form)
        if not found:
            meant = dict.fromkeys((*self.readings(form), *self.other_script(form)))
            found = tuple(other for word in meant for other in self._in_lexicon(word))
        if not found and not self.documents(form):
            found = tuple(other for word in self.spellings(form)[:1] for other in self._in_lexicon(word))
        sure = [other.stem for other in found if other.probability >= _SURE_TRANSLATION]
        stems = dict.fromkeys(sure[:_MOST_TRANSLATIONS])
        return tuple(other for key in stems for other in self._with_stem(key) if other not in FUNCTION_WORDS)

    def _readings(self, form: str) -> tuple[str, ...]:
        """The Hindi words that *form*, in Latin letters, may spell, indexed or not; none of an English word."""
        if not has_sound(form) or is_devanagari(form) or self._in_lexicon(form):
            return ()
        read = (reading.word for reading in shipped_roman_hindi().readings(form))
        return tuple(word for word in read if self._in_lexicon(word) or self._is_common(word))

    def inflected_spellings(self, form: str) -> tuple[str, ...]:
        """The indexed inflections of the words of the other script that *form* spells (chunaav: चुनावों).

        Names have none: what shares the stem of जमां is another word.
        """
        words = (word for word in self.other_script(form) if word[0] != CAPITALS and self._in_lexicon(word))
        keys = dict.fromkeys(map(stem, (*self.readings(form), *words)))
        return tuple(dict.fromkeys(other for key in keys for other in self._with_stem(key)))

    def _with_stem(self, key: str) -> Iterable[str]:
        return dict.fromkeys(other for segment in self._segments for other in segment.with_stem(key))

    def _spellings(self, form: str) -> tuple[str, ...]:
        """Other spellings of *form* in its own script: those that share one in the other script (लावरोव, लवरोव).

        What has no translation may also be spelled like what sounds the same: a word with other vowel lengths only, a
        name like one that looks much the same, and a form that no article has like one that looks rather the same.
        """
        from rapidfuzz import fuzz

        if not has_sound(form):
            return ()
        plain = plain_vowels(form)

        def is_like(back: str) -> bool:
            return back != form and fuzz.ratio(plain, plain_vowels(back)) >= _LIKE_SPELLING

        others = self.other_script(form)
        alike = {back for other in others for back in self._other_script(other, is_like) if back != form}
        likeness = {word: fuzz.ratio(plain, plain_vowels(word)) for word in alike}
        like = {word for word, percent in likeness.items() if percent >= _LIKE_SPELLING}
        if not self._in_lexicon(form):
            devanagari = is_devanagari(form)
            keys = [sound_key(skeleton, devanagari=devanagari) for skeleton in skeletons(form)]
            sounding = {word for segment in self._segments for key in keys for word in segment.with_sound(key)} - {form}
            least = _SAME_NAME if self.documents(form) else _LIKE_SPELLING
            if self._is_word(form) or self.readings(form):
                least = _SAME_BUT_VOWELS
            likeness |= {word: fuzz.ratio(plain, plain_vowels(word)) for word in sounding}
            like |= {word for word in sounding if likeness[word] >= least}
        return tuple(sorted(like, key=lambda word: (-likeness[word], word))[:_MOST_SPELLINGS])

    def nearest(self, word: str) -> str | None:
        """The indexed form most like *word*, if one is like enough to be meant."""
        form = fold(word)
        found = self._nearest(form)
        if found is None:
            return None
        other, likeness = found
        return other if other[0] == form[0] or likeness >= _SURER_LIKENESS else None

    def _corrected(self, word: str) -> str | None:
        """The indexed form to look for instead of *word*, if that is surely no word but a slip."""
        form = fold(word)
        if not has_sound(form) or self._is_word(form):
            return None
        found = self._nearest(form)
        if found is None:
            return None
        # Slips in the first letter are rare: donation is not nation.
        other, likeness = found
        sure = _SURE_LIKENESS if other[0] == form[0] and not self.readings(form) else _SURER_LIKENESS
        return other if likeness >= sure else None

    def _nearest(self, form: str) -> tuple[str, float] | None:
        """The indexed form most like *form*, and how like it is, 0..100."""
        from rapidfuzz import fuzz, process

        if len(form) < _SHORTEST_MISSPELT:
            return None
        plain = plain_vowels(form)
        near = {other for segment in self._segments for other in segment.of_like_length(form, 2)}
        # Short and long vowels are made one only in words that are like enough with them.
        likely = process.extract(form, near - {form}, scorer=fuzz.ratio, score_cutoff=_MAYBE_LIKE, limit=_MOST_LIKELY)
        best = process.extract(
            plain,
            [other for other, _, _ in likely if other[0] != CAPITALS],
            scorer=fuzz.ratio,
            processor=plain_vowels,
            score_cutoff=_LEAST_LIKENESS,
            limit=5,
        )
        if not best:
            return None
        chosen = max(best, key=lambda match: (match[1], self.documents(match[0]), match[0]))
        return str(chosen[0]), float(chosen[1])
