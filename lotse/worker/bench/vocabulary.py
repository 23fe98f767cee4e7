"""The words from which generated leads are made: names, firms, towns, products."""

DE_FIRST = (
    "Thomas Michael Andreas Stefan Christian Markus Anna Sabine Julia Katrin Martin Peter Claudia Susanne "
    "Jan Lena Laura Tobias Florian Sebastian Nicole Petra Jürgen Wolfgang Heike Monika Birgit Björn Jörg "
    "Günther Käthe Sören Lukas Felix Marie Sophie Johanna Matthias Frank Dirk"
).split()
DE_LAST = (
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter "
    "Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause "
    "Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang "
    "Scholz Möller Weiß Jung Hahn Schubert Vogel"
).split()
EN_FIRST = (
    "James Mary John Patricia Robert Jennifer Michael Linda David Elizabeth William Barbara Richard Susan "
    "Joseph Jessica Sarah Charles Karen Daniel Emily Matthew Olivia Oliver Harry Amelia George Isla Jack "
    "Charlotte"
).split()
EN_LAST = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White "
    "Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davis Cox "
    "O'Brien MacDonald Cooper Ward Turner Hughes Edwards Hill Moore Clark"
).split()
STEM = (
    "Nord Süd Rhein Alpen Elbe Hanse Delta Nova Prime Astra Vento Lumen Terra Aqua Ferro Optima Vertex Alto "
    "Quanta Orbis Zenit Helio Medi Agro Logi Tecto Certa Sigma Omni Kern"
).split()
BRANCH = (
    "Maschinenbau Logistik Software Elektro Bau Consulting Systems Solutions Handel Energie Pharma Metall "
    "Druck Automation Foods Textil Holz Glas Medien Immobilien"
).split()
LEGAL_DE = ("GmbH", "GmbH & Co. KG", "AG", "e.K.", "UG (haftungsbeschränkt)")
LEGAL_EN = ("Ltd", "Inc.", "LLC", "PLC", "LLP")
FREE = ("gmail.com", "gmx.de", "web.de", "t-online.de", "outlook.com", "yahoo.com", "icloud.com")
TOWNS = [  # country, first digits of the postcode, name, dialling code
    ("DE", "101", "Berlin", "30"),
    ("DE", "200", "Hamburg", "40"),
    ("DE", "803", "München", "89"),
    ("DE", "506", "Köln", "221"),
    ("DE", "603", "Frankfurt am Main", "69"),
    ("DE", "701", "Stuttgart", "711"),
    ("DE", "402", "Düsseldorf", "211"),
    ("DE", "041", "Leipzig", "341"),
    ("DE", "441", "Dortmund", "231"),
    ("DE", "451", "Essen", "201"),
    ("DE", "281", "Bremen", "421"),
    ("DE", "010", "Dresden", "351"),
    ("DE", "301", "Hannover", "511"),
    ("DE", "904", "Nürnberg", "911"),
    ("DE", "761", "Karlsruhe", "721"),
    ("DE", "681", "Mannheim", "621"),
    ("DE", "861", "Augsburg", "821"),
    ("DE", "651", "Wiesbaden", "611"),
    ("DE", "481", "Münster", "251"),
    ("DE", "990", "Erfurt", "361"),
    ("DE", "180", "Rostock", "381"),
    ("DE", "930", "Regensburg", "941"),
    ("DE", "790", "Freiburg", "761"),
    ("DE", "241", "Kiel", "431"),
    ("GB", "SW1A ", "London", "20"),
    ("GB", "M1 ", "Manchester", "161"),
    ("GB", "B2 ", "Birmingham", "121"),
    ("GB", "LS1 ", "Leeds", "113"),
    ("GB", "EH1 ", "Edinburgh", "131"),
    ("GB", "BS1 ", "Bristol", "117"),
    ("GB", "L1 ", "Liverpool", "151"),
    ("GB", "G1 ", "Glasgow", "141"),
    ("AT", "10", "Wien", "1"),
    ("AT", "50", "Salzburg", "662"),
    ("CH", "80", "Zürich", "44"),
    ("CH", "30", "Bern", "31"),
    ("US", "100", "New York", "212"),
    ("US", "606", "Chicago", "312"),
    ("US", "941", "San Francisco", "415"),
    ("US", "021", "Boston", "617"),
]
PREFIX = {"DE": "49", "GB": "44", "AT": "43", "CH": "41", "US": "1"}
PRODUCTS = [
    "CRM Starter",
    "CRM Pro",
    "CRM Enterprise",
    "Lead Add-on",
    "Analytics",
    "Data Import",
    "Training",
    "Support Gold",
    "API Access",
    "Telephony",
    "E-Mail Suite",
    "Mobile App",
]
SOURCES = (
    ("web_form", 40),
    ("csv_import", 20),
    ("email", 12),
    ("phone", 10),
    ("trade_fair", 10),
    ("partner", 8),
)
STAGES = (
    ("new", 35),
    ("contacted", 25),
    ("qualified", 18),
    ("proposal", 10),
    ("won", 5),
    ("lost", 7),
)
CAMPAIGNS = [
    f"{kind} {year} Q{q}"
    for kind in ("Newsletter", "Search Ads", "Trade Fair")
    for year in (2024, 2025)
    for q in (1, 2, 3, 4)
]
NOTES = (
    "Asks for a quotation.",
    "Wants a call back next week.",
    "Bittet um Rückruf am Nachmittag.",
    "Met at the trade fair.",
    "Interessiert sich für die Schnittstelle.",
    "Needs import of old data.",
    "Budget is not decided yet.",
    "Möchte eine Vorführung.",
    "Compares with two others.",
    "Empfehlung eines Kunden.",
    "Asks about data protection.",
    "Braucht ein Angebot bis Monatsende.",
)
FIELDS = [
    "external_id",
    "created_at",
    "first_name",
    "last_name",
    "company",
    "email",
    "phone",
    "postcode",
    "city",
    "country",
    "product",
    "source",
    "campaign",
    "stage",
    "owner",
    "value",
    "next_action_at",
    "note",
    "duplicate_of",
]
PLAIN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "'": "",
        " ": "-",
        "&": "und",
        ".": "",
        "(": "",
        ")": "",
    }
)
