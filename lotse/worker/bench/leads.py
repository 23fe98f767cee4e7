"""
Generated leads, the same for the same seed: what the benchmarks and `lotse generate` work with.

Columns, in order: external_id (L0000001 …, in order of created_at); created_at (ISO 8601, UTC, over two
years, mostly at working hours); first_name, last_name (60 % German, heavy-headed); company (about one lead
in three shares its company); email (70 % at the company's domain); phone (six notations, 10 % empty);
postcode, city, country (40 towns); product (Zipf); source; campaign (30 % empty); stage; owner; value
(EUR, log-normal, rounded to 50); next_action_at; note; duplicate_of (the original, for about 8 % of the
rows: the truth for measuring duplicate checks, not to be loaded).
"""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from lotse.worker.bench.vocabulary import (
    BRANCH,
    CAMPAIGNS,
    DE_FIRST,
    DE_LAST,
    EN_FIRST,
    EN_LAST,
    FIELDS,
    FREE,
    LEGAL_DE,
    LEGAL_EN,
    NOTES,
    PLAIN,
    PREFIX,
    PRODUCTS,
    SOURCES,
    STAGES,
    STEM,
    TOWNS,
)

Lead = dict[str, str]

NEWEST = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=730)
SUFFIX = {"DE": "de", "GB": "co.uk", "AT": "at", "CH": "ch", "US": "com"}
DIGITS = {"DE": 5, "AT": 4, "CH": 4, "US": 5}
FORMS = {word for form in (*LEGAL_DE, *LEGAL_EN) for word in form.split()}
# How many companies may be shared, and how many leads may be copied from: bounds the memory.
MOST_SHARED = 20_000
MOST_RECENT = 5_000


def leads(
    count: int, *, seed: int = 20260101, dup_rate: float = 0.08, end: datetime = NEWEST
) -> Iterator[Lead]:
    """Yield `count` leads as mappings of the columns to texts; the newest lies before `end` (UTC)."""
    return _Generator(random.Random(seed), end=end, dup_rate=dup_rate).leads(count)


class _Generator:
    # The order of the calls to `rng` is what makes the same seed give the same bytes.

    def __init__(self, rng: random.Random, *, end: datetime, dup_rate: float) -> None:
        self.rng = rng
        self.end = end
        self.dup_rate = dup_rate
        self.shared: list[str] = []
        self.recent: list[Lead] = []

    def leads(self, count: int) -> Iterator[Lead]:
        moments = sorted(self._moment() for _ in range(count))
        for i, created in enumerate(moments):
            yield self._lead(f"L{i + 1:07d}", created)

    def _lead(self, number: str, created: datetime) -> Lead:
        duplicate_of = ""
        if self.recent and self.rng.random() < self.dup_rate:
            original = self.rng.choice(self.recent)
            lead, duplicate_of = self._near_duplicate(original), original["external_id"]
        else:
            lead = self._fresh()
        self._add_the_rest(lead, number, created, duplicate_of)
        if not duplicate_of:
            self._remember(lead)
        return {field: lead[field] for field in FIELDS}

    def _add_the_rest(self, lead: Lead, number: str, created: datetime, duplicate_of: str) -> None:
        rng = self.rng
        stage = self._weighted(STAGES)
        next_action = ""
        if stage not in {"won", "lost"} and rng.random() < 0.7:
            next_action = (self.end + timedelta(days=rng.randrange(-30, 31))).date().isoformat()
        lead.update(
            external_id=number,
            created_at=created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            product=self._heavy(PRODUCTS),
            source=self._weighted(SOURCES),
            campaign=rng.choice(CAMPAIGNS) if rng.random() < 0.7 else "",
            stage=stage,
            owner=f"rep{rng.randrange(1, 21):02d}" if rng.random() < 0.9 else "",
            value=str(max(50, int(math.exp(rng.gauss(8.2, 0.9)) / 50) * 50)),
            next_action_at=next_action,
            note=" ".join(rng.sample(NOTES, rng.randrange(1, 4))),
            duplicate_of=duplicate_of,
        )

    def _remember(self, lead: Lead) -> None:
        if len(self.recent) < MOST_RECENT:
            self.recent.append(dict(lead))
        else:
            self.recent[self.rng.randrange(MOST_RECENT)] = dict(lead)

    def _fresh(self) -> Lead:
        rng = self.rng
        german = rng.random() < 0.6
        first = self._heavy(DE_FIRST if german else EN_FIRST)
        last = self._heavy(DE_LAST if german else EN_LAST)
        country, code, city, area = rng.choice(TOWNS[:24] if rng.random() < 0.6 else TOWNS[24:])
        company = self._company(german=german)
        core = " ".join(w for w in company.split() if w not in FORMS)
        email = self._email(first, last, core, country)
        number = "".join(rng.choice("0123456789") for _ in range(7))
        return {
            "first_name": first,
            "last_name": last,
            "company": company,
            "email": email,
            "phone": self._phone(country, area, number) if rng.random() < 0.9 else "",
            "postcode": self._postcode(country, code),
            "city": city,
            "country": country,
            "_area": area,
            "_number": number,
            "_core": core,
        }

    def _company(self, *, german: bool) -> str:
        rng = self.rng
        if self.shared and rng.random() < 0.33:
            return rng.choice(self.shared)
        head = rng.choice(
            (
                self._heavy(DE_LAST + EN_LAST),
                rng.choice(STEM),
                rng.choice(STEM) + rng.choice(STEM).lower(),
            )
        )
        company = f"{head} {rng.choice(BRANCH)} {rng.choice(LEGAL_DE if german else LEGAL_EN)}"
        if len(self.shared) < MOST_SHARED:
            self.shared.append(company)
        return company

    def _email(self, first: str, last: str, core: str, country: str) -> str:
        rng = self.rng
        local = rng.choice(
            (f"{plain(first)}.{plain(last)}", f"{plain(first)[0]}.{plain(last)}", plain(last))
        )
        if rng.random() < 0.3:
            return f"{local}{rng.randrange(1, 9999)}@{rng.choice(FREE)}"
        return f"{local}@{plain(core)}.{SUFFIX[country]}"

    def _postcode(self, country: str, code: str) -> str:
        rng = self.rng
        if country == "GB":
            return f"{code}{rng.randrange(1, 9)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQRST')}"
        missing = DIGITS[country] - len(code)
        return code + "".join(rng.choice("0123456789") for _ in range(missing))

    def _phone(self, country: str, area: str, number: str) -> str:
        code, half = PREFIX[country], len(number) // 2
        return self.rng.choice(
            (
                f"+{code} {area} {number}",
                f"+{code}{area}{number}",
                f"00{code} {area} {number}",
                f"0{area}/{number}",
                f"(0{area}) {number[:half]} {number[half:]}",
                f"+{code} (0){area} {number[:half]}-{number[half:]}",
            )
        )

    def _near_duplicate(self, lead: Lead) -> Lead:
        rng = self.rng
        twin = dict(lead)
        way = rng.randrange(5)
        if way == 0:
            shout = rng.random() < 0.5
            twin["email"] = twin["email"].upper() if shout else " " + twin["email"].capitalize()
            twin["company"] = "  ".join(twin["company"].upper().split(" "))
        elif way == 1:
            twin["last_name"] = self._slip(twin["last_name"])
            twin["first_name"] = self._slip(twin["first_name"])
        elif way == 2 and twin["phone"]:
            twin["phone"] = self._phone(twin["country"], twin["_area"], twin["_number"])
            twin["last_name"] = plain(twin["last_name"]).capitalize()
        elif way == 3 and twin["phone"]:
            local = plain(twin["last_name"])
            twin["email"] = f"{local}{rng.randrange(1, 9999)}@{rng.choice(FREE)}"
        else:
            twin["company"] = twin["_core"]
            twin["email"] = twin["email"].lower()
        return twin

    def _slip(self, word: str) -> str:
        """Return a word with one typing slip: a letter left out, doubled, or two swapped."""
        if len(word) < 3:
            return word
        i = self.rng.randrange(1, len(word) - 1)
        return self.rng.choice(
            (
                word[:i] + word[i + 1 :],
                word[:i] + word[i] + word[i:],
                word[:i] + word[i + 1] + word[i] + word[i + 2 :],
            )
        )

    def _moment(self) -> datetime:
        start = self.end - SPAN
        while True:
            moment = start + timedelta(seconds=self.rng.randrange(730 * 86400))
            if (moment.weekday() < 5 and 7 <= moment.hour < 20) or self.rng.random() < 0.1:
                return moment

    def _heavy(self, items: Sequence[str]) -> str:
        """Return one of the items; the k-th has the weight 1/(k+3)."""
        return self.rng.choices(items, [1 / (k + 3) for k in range(len(items))])[0]

    def _weighted(self, pairs: Sequence[tuple[str, int]]) -> str:
        return self.rng.choices([p[0] for p in pairs], [p[1] for p in pairs])[0]


def plain(text: str) -> str:
    return text.translate(PLAIN).lower()
