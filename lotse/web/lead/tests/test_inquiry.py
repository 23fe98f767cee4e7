"""What came in is shown whole: words as words, the rest under its names, the known folded away."""

from datetime import UTC, datetime
from typing import Any

from django.utils import translation

from lotse.records.cases.models import Inquiry
from lotse.web.lead.inquiry import Came, draw

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)


def came(payload: Any) -> Came:
    with translation.override("de"):
        return draw(Inquiry(key="k", channel="form", received_at=NOW, payload=payload))


def test_a_message_is_somebodys_words_and_what_the_page_shows_anyway_is_folded() -> None:
    drawn = came({"Vorname": "Rolf", "PLZ": "28203", "Gebäude": "Reihenhaus", "Nachricht": "Geht das?"})  # fmt: skip

    assert drawn.words == ("Geht das?",)
    assert drawn.values == (("Gebäude", "Reihenhaus"),)
    assert drawn.known == (("Vorname", "Rolf"), ("PLZ", "28203"))


def test_the_names_of_a_machine_are_told_in_the_readers_language() -> None:
    drawn = came({"first_name": "Rolf", "product": "Thermo 9", "more": {"Dach": ["Süd", "West"]}})

    assert drawn.known == (("Vorname", "Rolf"),)
    assert drawn.values == (("Artikel", "Thermo 9"), ("Dach", "Süd, West"))


def test_an_inquiry_that_says_nothing_else_folds_nothing() -> None:
    drawn = came({"name": "Sukarno"})

    assert (drawn.values, drawn.known) == ((("Name", "Sukarno"),), ())


def test_nothing_is_lost_whatever_its_shape() -> None:
    drawn = came({"answers": [{"q": "Wann?", "a": "bald"}], "empty": "", "long": "x" * 200})

    assert drawn.words == ("x" * 200,)
    assert drawn.values == (("answers 1 · q", "Wann?"), ("answers 1 · a", "bald"))
