"""Scripts, normalisation, tokens, sentences, transliteration, bilingual lexicon."""
