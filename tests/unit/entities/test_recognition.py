from __future__ import annotations

import pytest

from desktop_app.domain import EntityType, Language, Sentence, SentenceKind
from desktop_app.entities.recogniser_decoding import TagLattice, spans_of
from desktop_app.entities.recogniser_model import TagModel
from desktop_app.entities.recognition import Recogniser

needs_model = pytest.mark.skipif(
    not Recogniser.available(), reason="the recogniser's model, the encoder's weights or onnxruntime are not installed"
)

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser()


def named(recogniser: Recogniser, text: str, language: Language) -> dict[str, EntityType]:
    spans = recogniser.recognise(text, [Sentence(0, len(text))], language)
    return {text[span.start : span.end]: span.type for span in spans}


def tag_model() -> TagModel:
    import numpy as np

    steps = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            if after.startswith("I-") and before[1:] != after[1:]:
                steps[i, j] = -1e4
    first = np.array([-1e4 if tag.startswith("I-") else 0 for tag in TAGS], np.float32)
    return TagModel(TAGS, steps, first)


def test_spans_of_tags() -> None:
    assert spans_of(["B-PER", "I-PER", "B-PER", "O", "B-LOC"]) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC")]


def test_lattice_joins_a_name_and_knows_how_sure_it_is() -> None:
    import numpy as np

    scores = np.zeros((4, len(TAGS)), np.float32)
    scores[0, TAGS.index("B-PER")] = 9
    scores[1, TAGS.index("I-PER")] = 9
    scores[2, TAGS.index("O")] = 9
    scores[3, TAGS.index("B-LOC")] = 2
    short = np.zeros((1, len(TAGS)), np.float32)
    short[0, TAGS.index("I-ORG")] = 9
    names, others = TagLattice(tag_model()).decode([scores, short])
    assert [(name.start, name.end, name.type) for name in names] == [(0, 2, "PER"), (3, 4, "LOC")]
    assert names[0].score > 0.99 > names[1].score > 0.3
    assert all(name.type != "ORG" or name.score < 0.5 for name in others)


def test_lattice_probabilities_match_counting_all_ways() -> None:
    import itertools

    import numpy as np

    scores = np.random.default_rng(3).normal(0, 2, (3, len(TAGS))).astype(np.float32)
    model = tag_model()
    weights: dict[tuple[int, ...], float] = {}
    for path in itertools.product(range(len(TAGS)), repeat=3):
        total = model.first[path[0]] + sum(scores[i, tag] for i, tag in enumerate(path))
        total += sum(model.steps[a, b] for a, b in itertools.pairwise(path))
        weights[path] = float(np.exp(total))
    best = max(weights, key=lambda path: weights[path])
    (names,) = TagLattice(model).decode([scores])
    assert [(n.start, n.end, n.type) for n in names] == spans_of([TAGS[tag] for tag in best])
    for name in names:
        span = (name.start, name.end, name.type)
        right = sum(w for path, w in weights.items() if span in spans_of([TAGS[tag] for tag in path]))
        assert name.score == pytest.approx(right / sum(weights.values()), abs=1e-4)


def test_lattice_takes_no_sentences() -> None:
    assert TagLattice(tag_model()).decode([]) == []


@needs_model
def test_english_people_places_and_organisations(recogniser: Recogniser) -> None:
    text = "Angela Merkel met Emmanuel Macron in Paris. Officials of the World Health Organization stayed away."
    found = named(recogniser, text, Language.ENGLISH)
    assert found["Angela Merkel"] is EntityType.PER
    assert found["Emmanuel Macron"] is EntityType.PER
    assert found["Paris"] is EntityType.LOC
    assert found["World Health Organization"] is EntityType.ORG


@needs_model
def test_hindi_people_places_and_organisations(recogniser: Recogniser) -> None:
    text = "नरेंद्र मोदी ने शुक्रवार को टोक्यो में शिंजो आबे से मुलाक़ात की।"
    found = named(recogniser, text, Language.HINDI)
    assert found["नरेंद्र मोदी"] is EntityType.PER
    assert found["टोक्यो"] is EntityType.LOC
    assert found["शिंजो आबे"] is EntityType.PER


@needs_model
def test_names_end_without_quotes_commas_and_odd_brackets(recogniser: Recogniser) -> None:
    text = 'सीमा सुरक्षा बल (बीएसएफ) और "रॉयटर्स" ने दिल्ली, मुंबई और पटना में दफ़्तर खोले।'
    for name in named(recogniser, text, Language.HINDI):
        assert name[0] not in '(",'
        assert name[-1] not in '",।'
        assert name.count("(") == name.count(")")


@needs_model
def test_spans_count_code_points_past_an_emoji(recogniser: Recogniser) -> None:
    text = "😀🌧 Flights to Mumbai and Chennai were cancelled."
    assert {"Mumbai", "Chennai"} <= named(recogniser, text, Language.ENGLISH).keys()


@needs_model
def test_sentences_are_read_where_they_stand_and_addresses_left_out(recogniser: Recogniser) -> None:
    lines = ["Barack Obama spoke in Chicago.", "https://example.org/Barack-Obama", "He flew to Kenya."]
    text = "\n".join(lines)
    sentences, at = [], 0
    for line, kind in zip(lines, (SentenceKind.SENTENCE, SentenceKind.URL, SentenceKind.SENTENCE), strict=True):
        sentences.append(Sentence(at, at + len(line), kind))
        at += len(line) + 1
    spans = recogniser.recognise(text, sentences, Language.ENGLISH)
    assert [text[span.start : span.end] for span in spans] == ["Barack Obama", "Chicago", "Kenya"]
    assert all(0 < span.score <= 1 for span in spans)


@needs_model
def test_same_text_same_names(recogniser: Recogniser) -> None:
    text = "The European Union and Brazil signed a pact in Brussels. " * 30
    sentences = [Sentence(i * 57, i * 57 + 56) for i in range(30)]
    first = recogniser.recognise(text, sentences, Language.ENGLISH)
    assert first == Recogniser().recognise(text, sentences, Language.ENGLISH)
    assert first


@needs_model
def test_text_without_words(recogniser: Recogniser) -> None:
    assert recogniser.recognise("", [], Language.ENGLISH) == []
    assert recogniser.recognise("… — !!", [Sentence(0, 6)], Language.HINDI) == []


@needs_model
def test_a_sentence_longer_than_any_window_is_read_whole(recogniser: Recogniser) -> None:
    text = "and then they talked about the weather " * 120 + "before Angela Merkel left for Berlin."
    assert {"Angela Merkel", "Berlin"} <= named(recogniser, text, Language.ENGLISH).keys()
