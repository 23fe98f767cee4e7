"""The acts of the stage."""

from lotse.stages.acceptance.services.accepting import Acceptance as Acceptance
from lotse.stages.acceptance.services.accepting import AssigneeGone as AssigneeGone
from lotse.stages.acceptance.services.accepting import CaseGone as CaseGone
from lotse.stages.acceptance.services.accepting import Choices as Choices
from lotse.stages.acceptance.services.accepting import ProcessNotAllowed as ProcessNotAllowed
from lotse.stages.acceptance.services.accepting import accept as accept
from lotse.stages.acceptance.services.answering import OfferGone as OfferGone
from lotse.stages.acceptance.services.answering import why_taken as why_taken
from lotse.stages.acceptance.services.declining import NeedsComment as NeedsComment
from lotse.stages.acceptance.services.declining import NeedsReason as NeedsReason
from lotse.stages.acceptance.services.declining import decline as decline
from lotse.stages.acceptance.services.requesting import request_access as request_access
from lotse.stages.acceptance.services.reserving import Reserved as Reserved
from lotse.stages.acceptance.services.reserving import release as release
from lotse.stages.acceptance.services.reserving import reserve as reserve
from lotse.stages.acceptance.services.starting import tell_of_late_starts as tell_of_late_starts
