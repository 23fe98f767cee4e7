"""How a person or a case is called where some of the parts may be missing."""


def display_name(*, first: str, last: str, company: str, email: str, phone: str) -> str:
    """Return the best name there is: the person, else the company, e-mail or phone."""
    person = " ".join(part for part in (first.strip(), last.strip()) if part)
    return person or company.strip() or email.strip() or phone.strip()
