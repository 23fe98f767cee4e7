"""Property and example tests of merge fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.kernel.merge_fields import (
    Blank,
    LooseBrace,
    UnknownFields,
    as_html,
    paragraphs,
    read,
)

NAMES = {"lead": "lead", "interest": "interest", "interesse": "interest"}


def test_fields_are_filled_in() -> None:
    text = read("{Lead} wants {Interesse|a talk}.", NAMES)
    assert text.fill({"lead": "Heinke", "interest": "heat"}) == "Heinke wants heat."
    assert text.fill({"lead": "Heinke"}) == "Heinke wants a talk."
    assert text.fields == {"lead", "interest"}
    assert text.parts[0] == Blank("lead")


def test_all_unknown_fields_are_named_once() -> None:
    with pytest.raises(UnknownFields) as caught:
        read("{leda} {lead} {prize} {leda}", NAMES)
    assert caught.value.names == ["leda", "prize"]


@pytest.mark.parametrize("text", ["{lead", "lead}", "{le{ad}", "a } b", "{{{"])
def test_a_loose_brace_is_refused(text: str) -> None:
    with pytest.raises((LooseBrace, UnknownFields)):
        read(text, NAMES)


@given(st.text())
def test_what_is_escaped_comes_out_as_it_was(text: str) -> None:
    escaped = text.replace("{", "{{").replace("}", "}}")
    assert read(escaped, NAMES).fill({}) == text.replace("\r\n", "\n")


@given(st.text(), st.text(min_size=1))
def test_a_value_is_never_read_again(before: str, value: str) -> None:
    text = before.replace("{", "").replace("}", "")
    filled = read(text + "{lead}", NAMES).fill({"lead": value, "interest": "never"})
    assert filled == text.replace("\r\n", "\n") + value


@given(st.text())
def test_nothing_becomes_markup(text: str) -> None:
    assert "<" not in as_html(text).replace("<br>", "")


def test_empty_lines_make_paragraphs() -> None:
    assert paragraphs("\none\ntwo\n \n\nthree\n") == ["one\ntwo", "three"]


@given(st.lists(st.one_of(st.text(), st.sampled_from(["{Lead}", "{interesse| }", "{lead|x}"]))))
def test_reading_what_was_written_changes_nothing(parts: list[str]) -> None:
    fields = {"{Lead}", "{interesse| }", "{lead|x}"}
    text = "".join(p if p in fields else p.replace("{", "{{").replace("}", "}}") for p in parts)
    once = read(text, NAMES).write({"lead": "lead", "interest": "Interesse"})
    assert read(once, NAMES).fill({}) == read(text, NAMES).fill({})
    assert read(once, NAMES).write({"lead": "lead", "interest": "Interesse"}) == once
