"""Tells facts and reasons in the reader's language: sentences with names, moments and choices filled in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from lotse.access.telling.names import Name, Names, Ref, ref_of_actor, refs_of, sort_of
from lotse.access.telling.when import Reader
from lotse.access.telling.words import word_for
from lotse.kernel.facts import FACTS
from lotse.kernel.reasons import SENTENCES, Reason
from lotse.records.journal.models import Entry

# How a page dresses a name and a plain value; without it, sentences are plain text.
Dress = Callable[[Name], str]
Plain = Callable[[str], str]


class Teller:
    """Tells lines of the journal to one reader; `dress` and `plain` say how names and texts are written."""

    def __init__(
        self,
        names: Names,
        reader: Reader,
        *,
        dress: Dress = lambda name: name.text,
        plain: Plain = lambda text: text,
    ) -> None:
        self.names, self.reader = names, reader
        self._dress, self._plain = dress, plain

    def entry(self, entry: Entry) -> str:
        """Tell one line of the journal."""
        fact = FACTS.get(entry.kind)
        # A fact that nobody writes any more may still stand in an old journal.
        sentence = entry.fact.say() if fact else "%(actor)s: " + entry.kind.replace("%", "%%")
        return self._fill(sentence, entry.data, actor=self._actor(entry))

    def reason(self, reason: Reason) -> str:
        """Tell one reason."""
        return self._fill(SENTENCES.get(reason.code, reason.code), reason.values, actor="")

    def _actor(self, entry: Entry) -> str:
        ref = ref_of_actor(entry.actor_kind, entry.actor_id)
        return self._dress(self.names.of(ref) if ref else Name("Lotse"))

    def _fill(self, sentence: str, data: Mapping[str, Any], *, actor: str) -> str:
        values = _Values({"actor": actor})
        for field, value in data.items():
            sort = sort_of(field)
            if sort and isinstance(value, int):
                values[field.removesuffix("_id")] = self._dress(self.names.of((sort, value)))
            else:
                values[field] = self._plain(self._value(field, value))
        return self._plain(_(sentence)) % values

    def _value(self, field: str, value: Any) -> str:
        match value:
            case bool():
                return _("yes") if value else _("no")
            case int() | float():
                return str(format_decimal(value, locale=self.reader.locale))
            case list():
                return ", ".join(self._value(field, one) for one in value)
            case str() if field.endswith("_at"):
                return self.reader.moment(datetime.fromisoformat(value))
            case str() if field.endswith("_on"):
                return self.reader.day(date.fromisoformat(value))
            case _:
                return word_for(field, str(value))


class _Values(dict[str, str]):
    # What a fact leaves open is told as nothing, so that one empty field spoils no page.
    def __missing__(self, key: str) -> str:
        return "–"


def refs_in(entries: Iterable[Entry]) -> set[Ref]:
    """Return everything that must have a name to tell these lines with their reasons."""
    refs: set[Ref] = set()
    for entry in entries:
        actor = ref_of_actor(entry.actor_kind, entry.actor_id)
        refs |= {actor} if actor else set()
        refs |= refs_of(entry.data)
        for reason in entry.reasons:
            refs |= refs_of(reason)
    return refs
