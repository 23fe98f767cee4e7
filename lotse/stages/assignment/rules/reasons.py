"""The sentences that say why somebody was asked, passed over, or nobody found."""

from lotse.kernel.language import mark
from lotse.kernel.reasons import sentence

# A sentence about a candidate begins with the name and a colon, so that a list which shows the
# name already can leave it out.
INACTIVE = sentence("assignment.inactive", mark("%(person)s: inactive"))
ABSENT = sentence("assignment.absent", mark("%(person)s: absent until %(until_on)s"))
NOT_PERMITTED = sentence(
    "assignment.not_permitted", mark("%(person)s: has no role that may see leads")
)
ASKED = sentence("assignment.asked_before", mark("%(person)s: asked before"))
FULL = sentence("assignment.full", mark("%(person)s: full (%(open)s of %(capacity)s)"))
FULL_DEFERRED = sentence(
    "assignment.full_deferred",
    mark("%(person)s: full (%(open)s of %(capacity)s, %(deferred)s of them deferred)"),
)
FULL_TODAY = sentence(
    "assignment.full_today", mark("%(person)s: full for today (%(today)s of %(daily)s new)")
)
HOUSE_INACTIVE = sentence("assignment.house_inactive", mark("%(person)s: the partner is inactive"))
HOUSE_FULL = sentence(
    "assignment.house_full", mark("%(person)s: the partner is full (%(open)s of %(capacity)s)")
)
HOUSE_ELSEWHERE = sentence(
    "assignment.house_elsewhere", mark("%(person)s: outside the partner's sales area")
)
PARTNER_INACTIVE = sentence("assignment.partner_inactive", mark("%(partner)s: inactive"))
PARTNER_EMPTY = sentence(
    "assignment.partner_empty", mark("%(partner)s: nobody there who may see leads")
)
PARTNER_ELSEWHERE = sentence(
    "assignment.partner_elsewhere", mark("%(partner)s: outside the sales area")
)
PARTNER_ASKED = sentence("assignment.partner_asked", mark("%(partner)s: asked before"))
PARTNER_FULL = sentence(
    "assignment.partner_full", mark("%(partner)s: full (%(open)s of %(capacity)s)")
)
TEAM_EMPTY = sentence("assignment.team_empty", mark("%(team)s: nobody there who may see leads"))
TEAM_ASKED = sentence("assignment.team_asked", mark("%(team)s: asked before"))

# Why a rule that fits came to nobody.
ENOUGH = sentence("assignment.enough", mark("%(rule)s: asked %(tries)s times, no more"))
NO_OWNER = sentence("assignment.no_owner", mark("%(rule)s: nobody looks after this customer"))
NO_AREA = sentence("assignment.no_area", mark("%(rule)s: nobody sells in this area"))
NO_MEMBER = sentence("assignment.no_member", mark("%(rule)s: nobody belongs to its target"))
NO_RULE = sentence("assignment.no_rule", mark("no rule fits"))
NOBODY_LEFT = sentence("assignment.nobody_left", mark("nobody left to ask"))

# Why the one who was chosen was.
TURN = sentence("assignment.turn", mark("next in turn of %(free)s"))
LEAST = sentence("assignment.least", mark("fewest open cases (%(open)s) of %(free)s"))
ONLY = sentence("assignment.only", mark("the only one left to ask"))
OWNER = sentence("assignment.owner", mark("looks after this customer"))
OWNER_FULL = sentence(
    "assignment.owner_full",
    mark("looks after this customer, so also beyond the capacity (%(open)s of %(capacity)s)"),
)
NAMED = sentence("assignment.named", mark("named by the rule"))
STANDS_IN = sentence("assignment.stands_in", mark("stands in for %(person)s"))
SELLS_HERE = sentence("assignment.sells_here", mark("sells in this area"))
BY_HAND = sentence("assignment.by_hand", mark("chosen by hand"))
BY_HAND_TURN = sentence(
    "assignment.by_hand_turn", mark("spread by hand, in turn over %(people)s people")
)
