"""Search words: what a record is found by, whichever way it is typed."""

from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.words import query_literals, query_words, words_of


def test_umlauts_are_found_in_three_spellings() -> None:
    words = words_of(["Jürgen Müller"])

    for typed in ("Müller", "Mueller", "Muller", "müll"):
        (word,) = query_words(typed)
        assert any(w.startswith(word) for w in words), typed


def test_a_phone_is_found_however_it_is_written() -> None:
    words = words_of([], ["+49 351 4567890"])

    for typed in ("0351 4567890", "+49 351 4567", "0351/45678", "(0351) 4567890"):
        (word,) = query_words(typed)
        assert any(w.startswith(word) for w in words), typed


@given(st.text(max_size=60))
def test_each_word_of_a_text_is_found_by_itself(text: str) -> None:
    words = words_of([text])

    assert set(query_words(text)) <= words or query_words(text)[0].isdigit()


def test_a_postcode_with_a_zero_in_front_is_found() -> None:
    (word,) = query_words("01067")

    assert word in words_of(["01067"])


def test_signs_that_are_meant_are_looked_for_as_they_stand() -> None:
    assert query_literals("max_muster@ex.example Kiel") == ["max_muster@ex.example"]
    assert query_literals("100%") == ["100%"]
    assert query_literals("_") == ["_"]
    assert query_literals("Müller-Lüdenscheid +49 40 777") == []
    assert query_literals("+49 40 77712") == []
