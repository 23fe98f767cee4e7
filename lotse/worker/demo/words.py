"""The words of the demo: towns, streets, firms, and what people write and say about heat pumps."""

TOWNS = (
    ("25813", "Husum"), ("24937", "Flensburg"), ("24103", "Kiel"), ("23552", "Lübeck"), ("20095", "Hamburg"),
    ("22767", "Hamburg"), ("21335", "Lüneburg"), ("27472", "Cuxhaven"), ("28195", "Bremen"), ("28203", "Bremen"),
    ("26122", "Oldenburg"), ("26721", "Emden"), ("25335", "Elmshorn"), ("24837", "Schleswig"), ("25980", "Sylt"),
    ("29221", "Celle"), ("30159", "Hannover"), ("18055", "Rostock"), ("19053", "Schwerin"), ("25524", "Itzehoe"),
)  # fmt: skip
STREETS = (
    "Deichstraße", "Hafenweg", "Am Mühlenteich", "Süderstraße", "Möwenweg", "Lindenallee", "Kirchspiel",
    "Norderende", "Birkenweg", "Bahnhofstraße", "Am Kanal", "Heideweg",
)  # fmt: skip
FIRST = (
    "Sabine", "Thomas", "Anke", "Jörn", "Maren", "Uwe", "Birte", "Hauke", "Silke", "Torsten", "Wiebke", "Kai",
    "Frauke", "Olaf", "Meike", "Sönke", "Gesa", "Malte", "Inken", "Henning", "Ayşe", "Piotr", "Elena", "Dilek",
)  # fmt: skip
LAST = (
    "Steinmann", "Hartwig", "Carstensen", "Jessen", "Nissen", "Claussen", "Feddersen", "Andresen", "Thomsen",
    "Ketelsen", "Brodersen", "Lorenzen", "Boysen", "Petersen", "Johannsen", "Matthiesen", "Hinrichs", "Behrens",
    "Wulff", "Kröger", "Ahrens", "Stamer", "Yılmaz", "Kowalski", "Rohde", "Möller", "Grube", "Ehlers", "Paulsen",
    "Tiedemann",
)  # fmt: skip
FIRMS = (
    "Bäckerei {} GmbH", "Gärtnerei {}", "Hotel {} KG", "{} Metallbau GmbH", "Autohaus {} GmbH & Co. KG",
    "Tischlerei {}", "Pension {}", "{} Logistik GmbH", "Molkerei {} eG", "Praxis Dr. {}",
)  # fmt: skip
WISHES = (
    "Einfamilienhaus von 1984, 160 m², Gasheizung von 1999. Was kostet der Umstieg?",
    "Wir bauen neu und möchten von Anfang an ohne Gas auskommen.",
    "Bitte um Rückruf, am besten nachmittags nach 16 Uhr.",
    "Unsere Ölheizung ist ausgefallen, es eilt.",
    "Wie hoch ist die Förderung, und wer beantragt sie?",
    "Interesse an Wärmepumpe und Photovoltaik zusammen.",
    "Reihenendhaus, Fußbodenheizung vorhanden. Geht das mit der Lautstärke beim Nachbarn?",
    "Angebot von einem anderen Anbieter liegt vor, wir hätten gern ein zweites.",
    "Dachfläche etwa 70 m², nach Süden. Lohnt sich ein Speicher?",
    "Ferienwohnung auf Sylt, nur im Sommer bewohnt.",
)
COMPANY_WISHES = (
    "Kühlung und Heizung für 900 m² Verkaufsfläche.",
    "Prozesswärme bis 65 °C, Machbarkeit bitte prüfen.",
    "Zwei Hallen, 1.800 m², Dach neu gedeckt: Photovoltaik mit Speicher.",
    "Vier Ferienhäuser mit einer gemeinsamen Anlage.",
)
CALLS = (
    "Erreicht. Heizlast ist noch nicht berechnet, schickt die Gasrechnungen der letzten drei Jahre.",
    "Nicht erreicht, auf die Mailbox gesprochen.",
    "Ehepartner entscheidet mit, noch einmal abends anrufen.",
    "Möchte im Frühjahr umbauen. Förderung ist der wichtigste Punkt.",
    "Hat Fotos vom Heizungskeller geschickt, Aufstellort ist geeignet.",
    "Vergleicht mit zwei anderen Angeboten, wir sind im Rahmen.",
)
NOTES = (
    "Vorlauftemperatur liegt bei 55 °C, zwei Heizkörper müssen getauscht werden.",
    "Zählerschrank ist von 1978, Elektriker muss mit.",
    "Nachbar ist Kunde bei uns, gern darauf beziehen.",
    "Schlüssel liegt bei der Hausverwaltung.",
)
TASKS = (
    "Angebot nachfassen", "Unterlagen zur Förderung schicken", "Heizlast berechnen lassen", "Rückruf nach 16 Uhr",
    "Fotos vom Heizungskeller anfordern", "Termin mit dem Elektriker abstimmen",
)  # fmt: skip
VISITS = (
    "Besichtigung vor Ort",
    "Beratung am Telefon",
    "Angebot durchsprechen",
    "Besuch in der Ausstellung",
)
# What the web form asks besides.
BUILDINGS = (
    "Einfamilienhaus, Baujahr 1968", "Reihenhaus, Baujahr 1984", "Doppelhaushälfte, Baujahr 1997",
    "Mehrfamilienhaus, Baujahr 1974", "Neubau, Bezug im nächsten Jahr", "Resthof, Baujahr 1911",
)  # fmt: skip
HEATINGS = (
    "Öl, Einbau 1994", "Gas, Einbau 1999", "Gas, Einbau 2008", "Nachtspeicher", "noch keine", "Holz",
)  # fmt: skip
WHEN = ("so bald wie möglich", "in 3 bis 6 Monaten", "in diesem Jahr", "noch offen")
REFUSALS = (
    "Bin bis Ende des Monats ausgebucht.", "Bitte jemanden aus der Nähe fragen.", "Siehe Telefonat von heute.",
)  # fmt: skip
