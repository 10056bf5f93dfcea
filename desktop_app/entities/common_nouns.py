"""Hindi words that mean something: no name grows over them."""

from __future__ import annotations

from functools import lru_cache

from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer, shipped_gazetteer
from desktop_app.language.folding import fold, stem
from desktop_app.language.gloss import latin_name
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.transliteration import word_similarity

_CALLED_SO = cue("hindi-names-that-mean-something")
_SURE, _SOUNDS_ALIKE = 0.5, 0.4


@lru_cache(1 << 14)
def is_common_noun(word: str, gazetteer: Gazetteer | None = None) -> bool:
    """Whether the bilingual lexicon is sure what the Hindi *word* means (शतरंज, chess) and nobody is called so.

    Words whose translation is their own sound (बैंक, bank) count as nouns only if the gazetteer says that they are
    ordinary; names that mean something (प्रकाश, light) are names.
    """
    gazetteer = gazetteer or shipped_gazetteer()
    if word[:1] < "\u0900" or len(word) < 3 or fold(word) in _CALLED_SO or gazetteer.lookup(word):
        return False
    if gazetteer.is_person_name(word) or gazetteer.is_person_name(latin_name(word)):
        return False
    found = shipped_lexicon().to_english(stem(word))[:1]
    return bool(found) and found[0].probability >= _SURE and word_similarity(found[0].stem, word) < _SOUNDS_ALIKE
