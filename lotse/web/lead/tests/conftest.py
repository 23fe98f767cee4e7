"""Jana of the team Nord, and the lead she holds."""

import pytest

from lotse.records.cases.models import Case
from lotse.records.people.models import Team, User
from lotse.web.tests.cast import a_lead, somebody


@pytest.fixture
def north(db: None) -> Team:
    return Team.objects.create(name="Nord")


@pytest.fixture
def jana(north: Team) -> User:
    return somebody("Jana Petersen", "sales_rep", team=north, language="en")


@pytest.fixture
def case(jana: User) -> Case:
    return a_lead("Steinmann", holder=jana, first_name="Rolf", phone="0421 555017")
