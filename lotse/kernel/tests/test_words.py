"""Search words: what a record is found by, whichever way it is typed."""

from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.words import query_words, words_of


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
