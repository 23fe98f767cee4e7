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

# Who sees the lead that Anna holds, who works on it, and the same for the account and its contact.
SEE_LEAD = frozenset({"administrator", "manager", "holder", "colleague", "marketing", "auditor"})
WORK_ON_LEAD = frozenset({"administrator", "manager", "holder"})
SEE_ACCOUNT = SEE_LEAD
EDIT_ACCOUNT = WORK_ON_LEAD | {"colleague", "marketing"}
CREATE_ACCOUNT = EDIT_ACCOUNT | {"other team"}

CREATE_LEAD = CREATE_ACCOUNT

# Who answers for the lead that is offered to the partner, and who sees it; who may walk the guide of
# the one that Ines is asked about.
ANSWER_OFFER = frozenset({"administrator", "manager", "partner manager", "partner asked"})
SEE_OFFER = ANSWER_OFFER | {"marketing", "auditor"}
WALK_GUIDE = frozenset({"administrator", "manager"})

# Who may do it with some cases at least: these are acts on a list, which holds only theirs.
EDIT_CASES = LOGGED_IN - {"marketing", "auditor"}
ASSIGN = EDIT_CASES - {"partner asked", "other partner"}
EXPORT = ASSIGN | {"auditor"}

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
    "account": SEE_ACCOUNT,
    "account-fields": EDIT_ACCOUNT,
    "account-new": CREATE_ACCOUNT,
    "accounts": LOGGED_IN,
    "appointment-cancellation": WORK_ON_LEAD,
    "appointment-new": LOGGED_IN,
    "calendar": LOGGED_IN,
    "board": LOGGED_IN,
    "board-phase": LOGGED_IN,
    "board-place": WORK_ON_LEAD,
    "call-new": LOGGED_IN,
    "contact": SEE_ACCOUNT,
    "contact-consents": EDIT_ACCOUNT,
    "contact-fields": EDIT_ACCOUNT,
    "contact-new": CREATE_ACCOUNT,
    "contacts": LOGGED_IN,
    "guide": WALK_GUIDE,
    "guide-account": WALK_GUIDE,
    "guide-cancellation": WALK_GUIDE,
    "guide-case": WALK_GUIDE,
    "guide-contact": WALK_GUIDE,
    "guide-request": WALK_GUIDE,
    "keyboard": LOGGED_IN,
    "favicon": ANYBODY,
    "language": ANYBODY,
    "lead": SEE_LEAD,
    "lead-appointments": WORK_ON_LEAD,
    "lead-assignee": WORK_ON_LEAD,
    "lead-closing": WORK_ON_LEAD,
    "lead-deferral": WORK_ON_LEAD,
    "lead-fields": WORK_ON_LEAD,
    "lead-history": SEE_LEAD,
    "lead-new": CREATE_LEAD,
    "lead-new-known": CREATE_LEAD,
    "lead-notes": WORK_ON_LEAD,
    "lead-phase": WORK_ON_LEAD,
    "lead-reopening": frozenset({"administrator", "manager"}),
    "lead-resumption": WORK_ON_LEAD,
    "lead-tasks": WORK_ON_LEAD,
    "leads": LOGGED_IN,
    "leads-filter": LOGGED_IN,
    "leads-export": EXPORT | {"marketing"},
    "leads-distribution": ASSIGN,
    "leads-move": EDIT_CASES,
    "leads-closure": EDIT_CASES,
    "opportunities": LOGGED_IN,
    "opportunities-filter": LOGGED_IN,
    "opportunities-export": EXPORT,
    "opportunities-distribution": ASSIGN,
    "opportunities-move": EDIT_CASES,
    "opportunities-closure": EDIT_CASES,
    "login": ANYBODY,
    "logout": LOGGED_IN,
    "my-work": LOGGED_IN,
    "my-work-walk": LOGGED_IN,
    "note-new": LOGGED_IN,
    "notices": LOGGED_IN,
    "notices-read": LOGGED_IN,
    "offer": SEE_OFFER,
    "offer-acceptance": ANSWER_OFFER,
    "offer-refusal": ANSWER_OFFER,
    "offers": LOGGED_IN,
    # Ben holds the opportunity.
    "opportunity": frozenset({"administrator", "manager", "colleague", "marketing", "auditor"}),
    "outbox": ADMINISTRATOR,
    "outbox-address": ADMINISTRATOR,
    "outbox-again": ADMINISTRATOR,
    "outbox-going-on": ADMINISTRATOR,
    "outbox-stop": ADMINISTRATOR,
    "password_change": LOGGED_IN,
    "password_reset": ANYBODY,
    "password_reset_confirm": ANYBODY,
    "password_reset_done": ANYBODY,
    "profile": LOGGED_IN,
    "area-removal": ADMINISTRATOR,
    "closed-day-removal": ADMINISTRATOR,
    "hours": SEE_PEOPLE,
    "hours-closed-days": ADMINISTRATOR,
    "hours-new": ADMINISTRATOR,
    "hours-removal": ADMINISTRATOR,
    "hours-week": SEE_PEOPLE,
    "partner": SEE_PEOPLE,
    "partner-areas": ADMINISTRATOR,
    "partner-new": ADMINISTRATOR,
    "partner-removal": ADMINISTRATOR,
    "partners": SEE_PEOPLE,
    "people": SEE_PEOPLE,
    "person": SEE_PEOPLE,
    "person-absence": KEEP_RULES,
    "person-absences": KEEP_RULES,
    "person-activation": ADMINISTRATOR,
    "person-deactivation": ADMINISTRATOR,
    "person-link": ADMINISTRATOR,
    "person-new": ADMINISTRATOR,
    "team": SEE_PEOPLE,
    "team-areas": ADMINISTRATOR,
    "team-member-removal": ADMINISTRATOR,
    "team-members": ADMINISTRATOR,
    "team-new": ADMINISTRATOR,
    "team-removal": ADMINISTRATOR,
    "key-revocation": ADMINISTRATOR,
    "keys": ADMINISTRATOR,
    "list": ADMINISTRATOR,
    "list-entry": ADMINISTRATOR,
    "list-new": ADMINISTRATOR,
    "list-place": ADMINISTRATOR,
    "list-switch": ADMINISTRATOR,
    "process": ADMINISTRATOR,
    "processes": ADMINISTRATOR,
    "phase": ADMINISTRATOR,
    "phase-place": ADMINISTRATOR,
    "phase-removal": ADMINISTRATOR,
    "process-effect": ADMINISTRATOR,
    "process-follow-up": ADMINISTRATOR,
    "process-mail": ADMINISTRATOR,
    "process-mail-preview": ADMINISTRATOR,
    "process-mail-standard": ADMINISTRATOR,
    "process-mail-test": ADMINISTRATOR,
    "process-name": ADMINISTRATOR,
    "process-new": ADMINISTRATOR,
    "process-phase-new": ADMINISTRATOR,
    "process-rehearsal": ADMINISTRATOR,
    "role": ADMINISTRATOR,
    "role-new": ADMINISTRATOR,
    "roles": ADMINISTRATOR,
    "settings": ADMINISTRATOR,
    "rule": KEEP_RULES,
    "rule-new": KEEP_RULES,
    "rule-place": KEEP_RULES,
    "rule-removal": KEEP_RULES,
    "rule-switch": KEEP_RULES,
    "rules": KEEP_RULES | {"marketing", "auditor"},
    "search": LOGGED_IN,
    "task-completion": WORK_ON_LEAD,
    "task-due-day": WORK_ON_LEAD,
    "task-new": LOGGED_IN,
    "task-reopening": WORK_ON_LEAD,
    "theme": LOGGED_IN,
    "undo": frozenset({"administrator", "manager", "colleague"}),  # what the colleague did
}
