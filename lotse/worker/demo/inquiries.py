"""The inquiries that reach the demo company: who asks for what, on which way, and when."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lotse.records.cases.models import Inquiry
from lotse.stages.intake.services import Arrival
from lotse.worker.demo import words
from lotse.worker.demo.company import CAMPAIGNS, LINES, ZONE

Channel = Inquiry.Channel
# Source -> the way it comes in, and how often.
WAYS = {
    "web_form": (Channel.FORM, 46),
    "phone": (Channel.HAND, 14),
    "email": (Channel.MAIL, 14),
    "partner": (Channel.API, 10),
    "trade_fair": (Channel.FILE, 10),
    "csv_import": (Channel.FILE, 6),
}
# What the fields are called where somebody filled them in.
HEADERS = {
    "first_name": "Vorname", "last_name": "Nachname", "company": "Firma", "email": "E-Mail",
    "phone": "Telefon", "street": "Straße", "postcode": "PLZ", "city": "Ort", "product": "Interesse",
    "note": "Nachricht",
}  # fmt: skip
PRICES = {"heat-pump": (18_000, 42_000), "solar": (9_000, 28_000), "battery": (5_000, 14_000)}


@dataclass(frozen=True)
class Incoming:
    at: datetime
    arrival: Arrival


class Callers:
    """Makes inquiries up, the same for the same seed; some people ask twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._known: list[dict[str, Any]] = []
        self._count = 0

    def over(self, since: datetime, until: datetime, count: int) -> Iterator[Incoming]:
        """Yield inquiries over a time, more of them towards its end, most at hours when people are awake."""
        for at in sorted(self._moment(since, until) for _ in range(count)):
            yield self.one(at)

    def one(self, at: datetime, *, source: str = "", **fixed: Any) -> Incoming:
        """
        Make one inquiry up.

        :param fixed: what it says for certain, by the names of fields
        """
        rng = self._rng
        source = source or rng.choices(list(WAYS), [weight for _, weight in WAYS.values()])[0]
        fields = self._fields(source) | fixed
        self._count += 1
        return Incoming(
            at,
            Arrival(
                key=f"demo:{self._count}",
                channel=WAYS[source][0],
                payload=self._payload(source, fields),
                fields=fields,
            ),
        )

    def _moment(self, since: datetime, until: datetime) -> datetime:
        # The power lets the company grow.
        at = since + (until - since) * self._rng.random() ** 0.7
        hour = self._rng.choices(
            range(24), [1] * 6 + [4, 8, 12, 14, 12, 12, 10, 8, 9, 9, 9, 8, 8, 9, 9, 6, 3, 1]
        )[0]
        local: datetime = at.astimezone(ZoneInfo(ZONE)).replace(
            hour=hour, minute=self._rng.randrange(60)
        )
        return min(local, until - timedelta(minutes=self._rng.randrange(2, 50)))

    def _fields(self, source: str) -> dict[str, Any]:
        rng = self._rng
        if self._known and rng.random() < 0.06:
            # The same person asks again, for the same or for something else.
            again = dict(rng.choice(self._known[-60:]))
            if rng.random() < 0.5:
                again.update(self._wish(is_company=bool(again["company"])))
            return again | {"source": source, "note": rng.choice(words.WISHES)}

        who = self._person()
        fields = who | self._wish(is_company=bool(who["company"])) | {"source": source}
        if source in {"web_form", "trade_fair"}:
            fields["campaign"] = rng.choice(CAMPAIGNS)
        self._known.append(fields)
        return fields

    def _payload(self, source: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the inquiry as it would have come in on its way."""
        if WAYS[source][0] in {Channel.API, Channel.HAND}:
            return fields
        named = {header: fields[name] for name, header in HEADERS.items() if fields.get(name)}
        if source != "web_form" or fields["company"]:
            return named
        rng = self._rng
        return named | {
            "Gebäude": rng.choice(words.BUILDINGS),
            "Heizung heute": rng.choice(words.HEATINGS),
            "Wohnfläche": f"{rng.randrange(80, 240, 5)} m²",
            "Wunsch": rng.choice(words.WHEN),
            "Eigentümer": "ja",
        }

    def _person(self) -> dict[str, Any]:
        rng = self._rng
        first, last = rng.choice(words.FIRST), rng.choice(words.LAST)
        postcode, city = rng.choice(words.TOWNS)
        company = (
            rng.choice(words.FIRMS).format(rng.choice(words.LAST)) if rng.random() < 0.22 else ""
        )
        address = f"{_ascii(first)}.{_ascii(last)}{rng.randrange(1, 99)}@post.example".lower()
        return {
            "first_name": first,
            "last_name": last,
            "company": company,
            "email": address if rng.random() < 0.9 else "",
            "phone": f"+49 4841 {rng.randrange(10_000, 99_999)}" if rng.random() < 0.8 else "",
            "street": f"{rng.choice(words.STREETS)} {rng.randrange(1, 120)}",
            "postcode": postcode,
            "city": city,
            "country": "DE",
            "language": "de",
        }

    def _wish(self, *, is_company: bool) -> dict[str, Any]:
        rng = self._rng
        line = rng.choices(list(LINES), [60, 30, 10])[0]
        low, high = PRICES[line]
        return {
            "product": rng.choice(LINES[line][3]),
            "lead_type": "business"
            if is_company
            else rng.choice(("consultation", "consultation", "quote")),
            "value": str(rng.randrange(low, high, 500) * (3 if is_company else 1)),
            "note": rng.choice(words.COMPANY_WISHES if is_company else words.WISHES),
        }


def _ascii(name: str) -> str:
    return name.translate(str.maketrans("äöüßşıÄÖÜŞİĞğç", "aousSiAOUSIGgc")).lower()
