"""Sort the Hindi words of the bilingual lexicon by their consonants, for reading words in Latin letters.

    python packaging/models/build_roman_hindi.py

writes `resources/lexicon/roman_hindi.tsv.gz` (skeleton TAB words) from the lexicon and its word forms. To be run
whenever these, or the rules of `language.transliteration.skeletons`, have changed; a test says so.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from models.train_lexicon import write_table  # noqa: E402

from desktop_app.language.roman_hindi import READINGS_FILE, words_by_skeleton  # noqa: E402


def main() -> None:
    lines = [f"{skeleton}\t{words}" for skeleton, words in words_by_skeleton().items()]
    write_table(ROOT / "resources" / READINGS_FILE, lines)


if __name__ == "__main__":
    main()
