"""A case names entries of the lists, so these are not deleted."""

from datetime import UTC, datetime

import pytest

from lotse.records.cases.models import Case
from lotse.records.catalog.models import Product
from lotse.records.journal import lists

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)


def test_what_a_case_names_is_used_although_there_is_no_way_back() -> None:
    product = Product.objects.create(name="Thermo 9")
    Case.objects.create(kind=Case.Kind.LEAD, product=product, created_at=NOW)

    assert lists.is_used(product)
    assert not lists.is_used(Product.objects.create(name="Thermo 10"))
