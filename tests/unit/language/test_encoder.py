from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.language.encoder import VECTOR_SIZE, TextEncoder
from desktop_app.language.encoder_weights import EncoderWeights, weights_file
from desktop_app.language.wordpieces import WordPieces

needs_weights = pytest.mark.skipif(
    not TextEncoder.available(), reason="the encoder's weights or onnxruntime are not installed"
)

ENGLISH = "The central bank cut its policy rate by a quarter of a point."
HINDI = "केंद्रीय बैंक ने अपनी नीतिगत दर में चौथाई अंक की कटौती की।"
OTHER = "The monsoon reached the coast a week early and schools stayed shut. 🌧"


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> TextEncoder:
    return TextEncoder(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    path = weights_file()
    assert path is not None
    return WordPieces(EncoderWeights(path).vocabulary())


@needs_weights
def test_vectors_have_unit_length_and_order_of_texts(encoder: TextEncoder) -> None:
    import numpy as np

    vectors = encoder.encode_passages([ENGLISH, HINDI, OTHER])
    assert vectors.shape == (3, VECTOR_SIZE)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@needs_weights
def test_a_translation_is_nearer_than_another_subject(encoder: TextEncoder) -> None:
    english, hindi, other = encoder.encode_passages([ENGLISH, HINDI, OTHER])
    assert english @ hindi > english @ other + 0.05


@needs_weights
def test_long_text_is_read_to_its_end(encoder: TextEncoder) -> None:
    long = " ".join([OTHER] * 60)
    with_ending, without, ending = encoder.encode_passages([long + " " + " ".join([ENGLISH] * 60), long, ENGLISH])
    assert with_ending @ ending > without @ ending


@needs_weights
def test_empty_text_and_no_text(encoder: TextEncoder) -> None:
    assert not encoder.encode_passages(["", " \n "]).any()
    assert encoder.encode_passages([]).shape == (0, VECTOR_SIZE)


@needs_weights
def test_a_text_gets_the_same_vector_among_others_and_alone(encoder: TextEncoder) -> None:
    together = encoder.encode_passages([ENGLISH, HINDI, OTHER])
    assert (together[1] == encoder.encode_passages([HINDI])[0]).all()


@needs_weights
def test_damaged_graph_is_written_anew(tmp_path: Path) -> None:
    before = TextEncoder(tmp_path).encode_passages([ENGLISH])
    (graph,) = tmp_path.glob("*.onnx")
    graph.write_bytes(graph.read_bytes()[:-1000] + bytes(1000))
    assert (TextEncoder(tmp_path).encode_passages([ENGLISH]) == before).all()


@needs_weights
def test_words_are_cut_into_known_pieces(pieces: WordPieces) -> None:
    assert len(pieces.word("India")) == 1
    assert len(pieces.word("भारत")) == 1
    assert pieces.text("India  भारत") == [*pieces.word("India"), *pieces.word("भारत")]
    assert len(pieces.word("क्षेत्रीय")) < len("क्षेत्रीय")


@needs_weights
def test_special_marks_in_a_text_are_plain_letters(pieces: WordPieces) -> None:
    assert pieces.start not in pieces.text("<s> </s> <pad>")
    assert pieces.end not in pieces.text("<s> </s> <pad>")


@needs_weights
def test_any_word_has_a_piece(pieces: WordPieces) -> None:
    for word in ("\u200d", "𒀀", "\u00ad", "x" * 5000, "👩‍👩‍👧"):
        assert pieces.word(word)
