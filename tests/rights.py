"""The table of rights: for each route of the pages, who gets in, and who is told that there is nothing or is refused."""

# One of each preset role, and how they stand to the records of tests/company.py: Anna holds the lead,
# Dora sells in another team; the partner of Paul and Ole is asked about the offered lead, that of Bernd is not.
CAST = {
    "visitor": "",
    "administrator": "ines",
    "manager": "carla",
    "holder": "anna",
    "colleague": "ben",
    "other team": "dora",
    "marketing": "mia",
    "auditor": "ruth",
    "partner manager": "paul",
    "partner asked": "ole",
    "other partner": "bernd",
}

ANYBODY = frozenset(CAST)
LOGGED_IN = ANYBODY - {"visitor"}
PARTNERS = frozenset({"partner manager", "partner asked", "other partner"})
INSIDE = LOGGED_IN - PARTNERS
ADMINISTRATOR = frozenset({"administrator"})
KEEP_RULES = frozenset({"administrator", "manager"})
SEE_PEOPLE = KEEP_RULES | {"auditor"}
IMPORTERS = frozenset({"administrator", "manager", "marketing"})

# Whoever adds a route adds its row.
RIGHTS: dict[str, frozenset[str]] = {
    "absence-removal": frozenset({"administrator"}),  # to one's own absences, and these are hers
    "absences": LOGGED_IN,
    "import": IMPORTERS,
    "import-check": IMPORTERS,
    "import-columns": IMPORTERS,
    "import-removal": IMPORTERS,
    "import-result": IMPORTERS,
    "import-sample": IMPORTERS,
    "import-set-aside": IMPORTERS,
    "import-start": IMPORTERS,
    "keyboard": LOGGED_IN,
    "language": ANYBODY,
    "login": ANYBODY,
    "logout": LOGGED_IN,
    "notices": LOGGED_IN,
    "notices-read": LOGGED_IN,
    "password_change": LOGGED_IN,
    "password_reset": ANYBODY,
    "password_reset_confirm": ANYBODY,
    "password_reset_done": ANYBODY,
    "profile": LOGGED_IN,
    "rule": KEEP_RULES,
    "rule-new": KEEP_RULES,
    "rule-place": KEEP_RULES,
    "rule-removal": KEEP_RULES,
    "rule-switch": KEEP_RULES,
    "rules": KEEP_RULES | {"marketing", "auditor"},
    "theme": LOGGED_IN,
    "undo": frozenset({"administrator", "manager", "colleague"}),  # what the colleague did
}
