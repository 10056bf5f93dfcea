"""Choose for every stem of the bilingual lexicon the word that shows it: the form most often seen in the texts.

    python packaging/models/build_word_forms.py TRAINING_FOLDER

reads what `train_lexicon.py` reads, and its outcome, and writes `resources/lexicon/forms.tsv.gz` (stem TAB word; a
stem that is a word itself is left out).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from models.train_lexicon import news_terms, read_pairs, write_table  # noqa: E402

from desktop_app.language.lexicon import shipped_lexicon  # noqa: E402
from desktop_app.language.terms import find_terms  # noqa: E402

STATED_COUNT = 3
"""A term of the hand-made list counts as much as so many sightings: it stands in its dictionary form."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "lexicon")
    arguments = parser.parse_args()
    lexicon = shipped_lexicon()
    known = lexicon.english.keys() | lexicon.hindi.keys()
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    texts = [(text, 1) for english, hindi, _ in read_pairs(arguments.training, None) for text in (english, hindi)]
    texts += [(text, STATED_COUNT) for pair in news_terms() for text in pair]
    for text, count in texts:
        for term in find_terms(text):
            if term.stem in known and not term.acronym:
                seen[term.stem][term.text] += count
    forms = {stem: _shown(words) for stem, words in seen.items()}
    write_table(
        arguments.out / "forms.tsv.gz",
        [f"{stem}\t{form}" for stem, form in sorted(forms.items()) if form != stem],
    )


def _shown(words: Counter[str]) -> str:
    """The commonest form; in small letters unless it nearly always has a capital."""
    small: Counter[str] = Counter()
    for word, count in words.items():
        small[word.lower()] += count
    form = max(small, key=lambda word: (small[word], -len(word), word))
    capital = max((word for word in words if word.lower() == form), key=lambda word: (words[word], word))
    return capital if words[form] < 0.2 * small[form] else form


if __name__ == "__main__":
    main()
