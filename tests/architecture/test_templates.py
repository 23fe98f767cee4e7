"""No template carries a script, a style or an event handler of its own: the content policy forbids them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import lotse

ROOT = Path(lotse.__file__).parent
# Mails are the exception: their readers know nothing but inline styles.
MAILS = "mails"
# What Django fills in is no markup of ours; a space in its place parts attributes and keeps values whole.
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


class Reader(HTMLParser):
    """Notes what the policy would refuse, and what belongs to somebody else's house."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or (tag == "script" and not values.get("src")):
            self.faults.append(f"<{tag}> without a file")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{name} on <{tag}>")
            if name in {"src", "href", "action"} and _leaves(tag, value or ""):
                self.faults.append(f"{name}={value} on <{tag}>")


def _leaves(tag: str, address: str) -> bool:
    # A person may follow a link to elsewhere; a page may fetch and send nothing there.
    if address.strip().lower().startswith("javascript:"):
        return True
    return tag != "a" and address.startswith(("http:", "https:", "//"))


def faults_in(text: str) -> list[str]:
    reader = Reader()
    reader.feed(TAGS.sub(" ", text))
    return reader.faults


def pages() -> Iterator[Path]:
    for path in sorted(ROOT.glob("**/templates/**/*.html")):
        if MAILS not in path.parts:
            yield path


def test_no_template_carries_what_the_content_policy_refuses() -> None:
    faults = {
        str(p.relative_to(ROOT)): found for p in pages() if (found := faults_in(p.read_text()))
    }

    assert faults == {}


def test_there_are_templates_to_look_at() -> None:
    assert len(list(pages())) > 3


@pytest.mark.parametrize(
    "offender",
    [
        "<p style='color: red'>",
        '<p class="x" STYLE="{{ width }}">',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<script type="module">import "x"</script>',
        '<button onclick="go()">',
        '<button {% if it %}onclick="go()"{% endif %}>',
        '<div hx-on:click="go()">',
        '<div hx-on::after-request="go()">',
        '<a href="javascript:go()">',
        '<img src="https://elsewhere.example/a.png">',
        '<link rel="stylesheet" href="//elsewhere.example/a.css">',
        '<form action="https://elsewhere.example/">',
    ],
)
def test_an_offender_is_found(offender: str) -> None:
    assert faults_in(offender)


@pytest.mark.parametrize(
    "blameless",
    [
        '<script src="{% static \'js/main.js\' %}" type="module"></script>',
        '<a href="https://elsewhere.example/">',
        '<a href="{% url "lead" 5 %}">',
        '<svg><rect width="86%"/></svg>',
        '<p data-style="x">{{ on }}</p>',
        "{# <p style='x'> #}",
    ],
)
def test_what_is_allowed_is_not_found(blameless: str) -> None:
    assert faults_in(blameless) == []
