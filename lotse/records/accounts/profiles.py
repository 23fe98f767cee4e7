"""Who somebody is, in the fields by which people and companies are compared; plain Python."""

from dataclasses import dataclass

from lotse.kernel.addresses import (
    company_of,
    domain_of,
    email_of,
    name_of,
    phone_of,
    plain,
    postcode_of,
    street_of,
)


@dataclass(frozen=True)
class Profile:
    """The raw values of one side; what is not known is ''."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    website: str = ""
    vat_number: str = ""
    customer_number: str = ""


@dataclass(frozen=True)
class Normal:
    """The same, normalised: equal here means equal or equivalent there."""

    name: str
    company: str
    form: str
    email: str
    phones: frozenset[str]
    street: str
    postcode: str
    city: str
    domain: str
    vat_number: str
    customer_number: str


def normalise(profile: Profile, *, home_country: str) -> Normal:
    """Bring a profile to the form in which it is compared; idempotent in each field."""
    country = profile.country or home_country
    company, form = company_of(profile.company)
    numbers = (phone_of(p, country) for p in profile.phones if p)
    website = profile.website.lower().removeprefix("https://").removeprefix("http://")
    domain = website.removeprefix("www.").partition("/")[0] or domain_of(profile.email)
    return Normal(
        name=name_of(profile.first_name, profile.last_name),
        company=company,
        form=form,
        email=email_of(profile.email),
        phones=frozenset(n for n in numbers if n),
        street=street_of(profile.street),
        postcode=postcode_of(profile.postcode),
        city=plain(profile.city),
        domain=domain,
        vat_number=profile.vat_number.replace(" ", "").upper(),
        customer_number=profile.customer_number.strip().upper(),
    )
