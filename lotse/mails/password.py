"""The mail with which somebody who forgot their password chooses a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from lotse.access.password_link import password_link
from lotse.kernel.language import mark
from lotse.kernel.reasons import sentence
from lotse.mails.sheets import Link, Sheet, greeting, make, reading, said
from lotse.records.outbox.kinds import Mail
from lotse.records.outbox.models import Message
from lotse.records.people.models import User

GONE = sentence("password.gone", mark("This person can't sign in any more."))


def write(message: Message, now: datetime) -> Mail:
    """Write the link only now, so that it stands in no table."""
    user = cast("User", message.to_user)
    with reading(message, now) as reader:
        return make(
            Sheet(
                subject=_("A new password for Lotse"),
                preview=_("The link works once, and for one hour."),
                title=_("Choose a new password"),
                greeting=greeting(reader, user.name),
                paragraphs=[
                    said(
                        _(
                            "somebody, probably you, asked for a new password for Lotse. The link"
                            " works once, and for <b>one hour</b>."
                        )
                    )
                ],
                buttons=[Link(_("Choose a new password"), password_link(user))],
                small=[
                    said(_("If it was not you, do nothing; your password stays as it is.")),
                ],
            )
        )


def check(messages: Sequence[Message], now: datetime) -> dict[int, str]:
    """Stop the mails to people who may not sign in any more."""
    ids = [m.to_user_id for m in messages if m.to_user_id]
    active = set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))
    return {m.pk: GONE for m in messages if m.to_user_id not in active}
