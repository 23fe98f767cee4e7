"""Facts and reasons: stored as plain data and read back, each kind once."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from lotse.kernel.facts import FACTS, Fact
from lotse.kernel.reasons import Reason, because, sentence


@dataclass(frozen=True, kw_only=True)
class Launched(Fact):
    kind: ClassVar[str] = "test.launched"
    sentence: ClassVar[str] = "%(actor)s launched %(ship)s"

    ship: str
    crew: int | None = None


@pytest.fixture(autouse=True)
def forget_test_facts() -> None:
    FACTS.setdefault(Launched.kind, Launched)


def test_a_fact_is_read_back_as_it_was_written() -> None:
    assert Launched.from_data(Launched(ship="Gorch").to_data()) == Launched(ship="Gorch")


def test_fields_of_a_newer_version_are_passed_over() -> None:
    assert Launched.from_data({"ship": "Gorch", "flag": "H"}) == Launched(ship="Gorch")


def test_two_facts_of_one_kind_are_refused() -> None:
    with pytest.raises(TypeError, match=r"test\.launched"):
        type("Again", (Fact,), {"kind": "test.launched"})


def test_a_reason_needs_a_sentence() -> None:
    with pytest.raises(ValueError, match="no reason"):
        because("test.unheard_of")


def test_a_code_keeps_its_meaning() -> None:
    sentence("test.waited", "%(person)s waited longest")

    with pytest.raises(ValueError, match="two reasons"):
        sentence("test.waited", "something else")
    assert Reason.from_data(because("test.waited", person_id=3).to_data()).values == {
        "person_id": 3
    }
