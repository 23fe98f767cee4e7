"""How two values are held side by side."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lotse.web.acceptance.comparing import mark_difference, tell_hidden, tell_value

texts = st.text(alphabet="abß 12@.-", max_size=20)


def marked(one: str, other: str) -> list[str]:
    return [text for text, is_other in mark_difference(one, other) if is_other]


@pytest.mark.parametrize(
    ("one", "other", "differing"),
    [
        ("24116 Kiel", "24114 Kiel", ["6"]),
        ("Gutenbergstraße 31", "Saarbrückenstraße 87", ["Gutenbergstraße", "31"]),
        ("sabine.hartwig@foerde.example", "s.hartwig@post.example", ["sabine", "foerde"]),
        ("Hartwig", "Hartwig", []),
    ],
)
def test_words_and_digits_that_differ_are_marked(
    one: str, other: str, differing: list[str]
) -> None:
    assert marked(one, other) == differing


@given(texts, texts)
def test_the_parts_make_up_the_text_and_nothing_is_marked_in_what_is_equal(
    one: str, other: str
) -> None:
    parts = mark_difference(one, other)

    assert "".join(text for text, _ in parts) == one
    assert marked(one, one) == []


def test_countries_and_languages_are_told_by_name() -> None:
    with override("de"):
        assert tell_value("language", "en") == "Englisch"
        assert tell_value("country", "AT") == "Österreich"
    with override("en"):
        assert tell_value("country", "AT") == "Austria"
    assert tell_value("country", "nowhere") == "nowhere"
    assert tell_value("city", "de") == "de"


def test_of_what_is_hidden_only_the_holder_is_told() -> None:
    with override("en"):
        assert tell_hidden(["Team South", ""], is_account=True, has_others=True) == [
            "One more similar account belongs to Team South.",
            "There is one more similar account that you may not see.",
        ]
