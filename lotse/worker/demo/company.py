"""The demo company: Brise Wärmetechnik, who works there, what they sell, and how."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from lotse.access.policy import PRESETS
from lotse.records.catalog.models import (
    Campaign,
    LeadSource,
    LeadType,
    Phase,
    Process,
    Product,
    ProductLine,
    Reason,
    SalesArea,
)
from lotse.records.people.models import (
    Absence,
    ClosedDay,
    Membership,
    OpeningHours,
    Partner,
    Role,
    Team,
    User,
)

PASSWORD = "lotse-demo-2026"  # noqa: S105 - printed at the start, for a company that does not exist
ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class Somebody:
    name: str
    email: str
    role: str
    team: str = ""
    partner: str = ""
    capacity: int | None = None
    phone: str = ""


PEOPLE = (
    Somebody("Astrid Lorenz", "astrid@brise.example", "administrator"),
    Somebody("Tobias Brandt", "tobias@brise.example", "sales_manager"),
    Somebody("Jana Petersen", "jana@brise.example", "sales_rep", team="Vertrieb Nord", capacity=45),
    Somebody("Mehmet Yıldız", "mehmet@brise.example", "sales_rep", team="Vertrieb Nord", capacity=45),
    Somebody("Katrin Oltmanns", "katrin@brise.example", "sales_rep", team="Vertrieb Nord", capacity=45),
    Somebody("Nele Hansen", "nele@brise.example", "sales_rep", team="Vertrieb Gewerbe", capacity=40),
    Somebody("Jonas Wittkamp", "jonas@brise.example", "sales_rep", team="Vertrieb Gewerbe", capacity=40),
    Somebody("Svenja Krüger", "svenja@brise.example", "marketing"),
    Somebody("Ole Dressler", "ole@dressler.example", "partner_manager", partner="Haustechnik Dressler", capacity=20),
    Somebody("Frank Meyer", "frank@meyer-energie.example", "partner_user", partner="Meyer Energie", capacity=20),
    Somebody("Bernd Tietjen", "bernd@tietjen.example", "partner_user", partner="Tietjen Solar", capacity=20),
    Somebody("Ruth Sander", "ruth@brise.example", "auditor"),
)  # fmt: skip
TEAMS = ("Vertrieb Nord", "Vertrieb Gewerbe")
MANAGER = "tobias@brise.example"

# Partner -> its sales areas: country, first and last postcode.
PARTNERS = {
    "Haustechnik Dressler": [("DE", "24000", "25999")],
    "Meyer Energie": [("DE", "20000", "22999")],
    "Tietjen Solar": [("DE", "27000", "28999")],
}

LINES = {
    "heat-pump": ("Wärmepumpe", "Heat pump", "heat", ("Thermo 9", "Thermo 14", "Thermo 9 Split")),
    "solar": ("Photovoltaik", "Photovoltaics", "solar", ("Sol 15", "Sol 30", "Sol 60")),
    "battery": ("Speicher", "Battery", "battery", ("Speicher 8", "Speicher 16")),
}
SOURCES = {
    "web_form": "Webformular „Förder-Check“",
    "trade_fair": "Messe",
    "phone": "Telefon",
    "email": "E-Mail",
    "partner": "Empfehlung vom Partner",
    "csv_import": "Adressliste",
}
CAMPAIGNS = ("Förder-Check Frühjahr", "Messe Husum", "Ratgeber Wärmepumpe", "Dach voll Sonne")
LOST = (
    ("not_interested", "kein Interesse", "not interested"),
    ("unreachable", "nicht erreichbar", "unreachable"),
    ("competitor", "beim Wettbewerb gekauft", "bought elsewhere"),
    ("too_expensive", "zu teuer", "too expensive"),
)
DECLINED = (
    ("no_capacity", "zurzeit keine Kapazität", "no capacity at present"),
    ("too_far", "zu weit weg", "too far away"),
    ("not_our_product", "Produkt führen wir nicht", "not our product"),
    ("known", "kenne ich schon, Kunde eines Kollegen", "a colleague's customer"),
    ("bad_data", "kein echter Lead", "not a real lead"),
    ("other", "anderer Grund", "another reason"),
)


@dataclass(frozen=True)
class PhasePlan:
    de: str
    en: str
    duration: tuple[int, str] | None = None
    kind: str = "open"
    probability: int = 0
    colour: str = "1"


@dataclass(frozen=True)
class ProcessPlan:
    key: str
    kind: str
    de: str
    en: str
    phases: tuple[PhasePlan, ...] = field(default=())


PROCESSES = (
    ProcessPlan(
        "heat-private", "lead", "Wärmepumpe privat", "Heat pump, private",
        (
            PhasePlan("Eingang", "Arrival", (1, "day"), probability=5, colour="1"),
            PhasePlan("Kontaktieren", "Contact", (2, "day"), probability=10, colour="2"),
            PhasePlan("Bedarf klären", "Clarify needs", (5, "day"), probability=25, colour="3"),
            PhasePlan("Vor-Ort-Termin", "Site visit", (10, "day"), probability=45, colour="4"),
            PhasePlan("Angebot", "Quote", (2, "week"), probability=60, colour="5"),
            PhasePlan("Entscheidung", "Decision", (3, "week"), probability=75, colour="6"),
        ),
    ),
    ProcessPlan(
        "business", "lead", "Gewerbe", "Business",
        (
            PhasePlan("Eingang", "Arrival", (1, "day"), probability=5, colour="1"),
            PhasePlan("Erstgespräch", "First talk", (1, "week"), probability=20, colour="2"),
            PhasePlan("Machbarkeit", "Feasibility", (3, "week"), probability=40, colour="4"),
            PhasePlan("Angebot", "Quote", (1, "month"), probability=60, colour="5"),
        ),
    ),
    ProcessPlan(
        "sale", "opportunity", "Verkauf", "Sale",
        (
            PhasePlan("Auftrag vorbereiten", "Prepare order", (1, "week"), probability=60, colour="3"),
            PhasePlan("Verhandeln", "Negotiate", (2, "week"), probability=75, colour="5"),
            PhasePlan("Unterschrift", "Signature", (1, "week"), probability=90, colour="6"),
            PhasePlan("Gewonnen", "Won", kind="won", probability=100, colour="won"),
            PhasePlan("Verloren", "Lost", kind="lost", colour="lost"),
        ),
    ),
)  # fmt: skip


@transaction.atomic
def found(*, now: datetime, since: datetime | None = None) -> None:
    """
    Found the company: everything that stands before the first lead arrives.

    :param since: when its first lead is going to arrive; reminders are on from then
    """
    hours = _opening_hours(now)
    roles = _roles()
    for name in TEAMS:
        Team.objects.create(name=name, hours=hours)
    for name, areas in PARTNERS.items():
        partner = Partner.objects.create(name=name, hours=hours, capacity=25)
        SalesArea.objects.bulk_create(
            SalesArea(partner=partner, country=land, postcode_from=low, postcode_until=high)
            for land, low, high in areas
        )
    for one in PEOPLE:
        _hire(one, roles, now=now)
    manager = User.objects.get(email=MANAGER)
    Team.objects.update(manager=manager)
    Partner.objects.update(manager=manager)
    _catalog()
    _processes(since or now)
    _absences(now)


def _opening_hours(now: datetime) -> OpeningHours:
    week = {str(day): [["08:00", "17:00"]] for day in range(5)}
    hours = OpeningHours.objects.create(name="Büro", zone=ZONE, week=week)
    for year in (now.year - 1, now.year, now.year + 1):
        for month, day, name in ((1, 1, "Neujahr"), (5, 1, "Tag der Arbeit"), (10, 3, "Tag der Deutschen Einheit"), (12, 25, "1. Weihnachtstag"), (12, 26, "2. Weihnachtstag")):  # fmt: skip
            ClosedDay.objects.create(hours=hours, day=date(year, month, day), name=name)
    return hours


def _roles() -> dict[str, Role]:
    roles = {}
    for key, (de, en, matrix, rights) in PRESETS.items():
        roles[key], _ = Role.objects.update_or_create(
            key=key,
            defaults={"name_de": de, "name_en": en, "matrix": matrix, "rights": rights},
        )
    return roles


def _hire(one: Somebody, roles: dict[str, Role], *, now: datetime) -> None:
    user = User.objects.create_user(
        one.email,
        PASSWORD,
        name=one.name,
        zone=ZONE,
        capacity=one.capacity,
        partner=Partner.objects.get(name=one.partner) if one.partner else None,
        created_at=now - timedelta(days=400),
    )
    user.roles.add(roles[one.role])
    if one.team:
        Membership.objects.create(user=user, team=Team.objects.get(name=one.team), is_main=True)


def _catalog() -> None:
    for key, (de, en, icon, products) in LINES.items():
        line = ProductLine.objects.create(key=key, name_de=de, name_en=en, icon=icon)
        Product.objects.bulk_create(Product(name=name, line=line) for name in products)
    LeadSource.objects.bulk_create(LeadSource(key=k, name=n) for k, n in SOURCES.items())
    Campaign.objects.bulk_create(Campaign(name=n) for n in CAMPAIGNS)
    for use, reasons in ((Reason.Use.LOST, LOST), (Reason.Use.DECLINED, DECLINED)):
        Reason.objects.bulk_create(
            Reason(
                use=use, key=key, name_de=de, name_en=en, position=i, needs_comment=key == "other"
            )
            for i, (key, de, en) in enumerate(reasons)
        )


def _processes(since: datetime) -> None:
    for i, plan in enumerate(PROCESSES):
        process = Process.objects.create(
            key=plan.key,
            kind=plan.kind,
            name_de=plan.de,
            name_en=plan.en,
            position=i,
            follow_up_since=since if plan.key == "heat-private" else None,
        )
        for position, phase in enumerate(plan.phases):
            number, unit = phase.duration or (None, "")
            Phase.objects.create(
                process=process,
                position=position,
                name_de=phase.de,
                name_en=phase.en,
                kind=phase.kind,
                duration_number=number,
                duration_unit=unit,
                probability=phase.probability,
                colour=phase.colour,
            )
    private, business, _ = Process.objects.order_by("position")
    for key, de, en, process, default in (
        ("consultation", "Beratung", "Consultation", private, True),
        ("quote", "Angebotsanfrage", "Quote request", private, False),
        ("business", "Gewerbeanfrage", "Business inquiry", business, False),
    ):
        kind = LeadType.objects.create(key=key, name_de=de, name_en=en, is_default=default)
        kind.processes.add(process)


def _absences(now: datetime) -> None:
    katrin, jana = (User.objects.get(email=f"{n}@brise.example") for n in ("katrin", "jana"))
    today = now.astimezone(UTC).date()
    Absence.objects.create(
        user=katrin,
        from_on=today - timedelta(days=1),
        until_on=today + timedelta(days=3),
        substitute=jana,
        note="Urlaub",
    )
