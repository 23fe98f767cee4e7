"""The mail that holds a lead out to somebody; name, phone and e-mail are seen after accepting."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lotse.access.telling.when import Reader
from lotse.kernel.language import mark
from lotse.kernel.reasons import sentence
from lotse.mails import links
from lotse.mails.sheets import Link, Row, Sheet, greeting, make, moment, reading, said
from lotse.records.catalog.models import Product
from lotse.records.outbox.kinds import Mail
from lotse.records.outbox.models import Message
from lotse.stages.acceptance.models import Offer

GONE = sentence("offer.gone", mark("The lead was answered or ran out by then."))


def write(message: Message, now: datetime) -> Mail:
    """Write to one of those who are asked."""
    with reading(message, now) as reader:
        return make(_sheet(message, reader))


def check(messages: Sequence[Message], now: datetime) -> dict[int, str]:
    """Stop the mails of offers that do not stand any more."""
    ids = [m.data["offer_id"] for m in messages]
    standing = set(Offer.objects.standing(now).filter(pk__in=ids).values_list("pk", flat=True))
    return {m.pk: GONE for m in messages if m.data["offer_id"] not in standing}


def _sheet(message: Message, reader: Reader) -> Sheet:
    data = message.data
    until = moment(reader, datetime.fromisoformat(data["deadline_at"]))
    title = _title(data)
    kicker = (
        _("A lead is waiting for your answer") if data.get("is_reminder") else _("New lead for you")
    )
    page = links.offer(data["offer_id"])
    return Sheet(
        subject=f"{kicker}: {title}",
        preview=_("Answer until %(moment)s.") % {"moment": until},
        kicker=kicker,
        title=title,
        greeting=greeting(reader, message.to_user.name if message.to_user else ""),
        paragraphs=[
            said(
                _(
                    "this lead is held out to you until <b>%(moment)s</b>. After that the next in"
                    " line is asked."
                ),
                moment=until,
            )
        ],
        rows=list(_rows(data)),
        buttons=[Link(_("Look at it and answer"), page)],
        note=said(
            _("An accepted lead cannot be declined any more. Look at it before you accept it.")
        ),
        small=[
            said(
                _(
                    "You get this mail because the lead was offered to you, your team or your company."
                )
            )
        ],
    )


def _title(data: dict[str, Any]) -> str:
    interest = _interest(data) or _("Inquiry")
    place = data.get("place")
    return (
        _("%(interest)s in %(place)s") % {"interest": interest, "place": place}
        if place
        else interest
    )


def _interest(data: dict[str, Any]) -> str:
    product = Product.objects.filter(pk=data.get("product_id") or 0).first()
    return product.name if product else str(data.get("subject") or "")


def _rows(data: dict[str, Any]) -> Iterator[Row]:
    if interest := _interest(data):
        yield Row(_("Interest"), interest)
    if place := data.get("place"):
        yield Row(_("Place"), str(place))
    if score := data.get("score"):
        yield Row(_("Score"), str(score))
    yield Row(_("Contact"), _("you see it after accepting"))
