"""Numbers as a person would write them in a sentence."""

from django.utils.translation import gettext as _

from lotse.kernel.language import mark

_WORDS = (
    mark("two"), mark("three"), mark("four"), mark("five"), mark("six"), mark("seven"), mark("eight"),
    mark("nine"), mark("ten"), mark("eleven"), mark("twelve"),
)  # fmt: skip


def in_words(number: int) -> str:
    """Return a number as a word up to twelve, as a person would write it."""
    return _(_WORDS[number - 2]) if 2 <= number < len(_WORDS) + 2 else str(number)
