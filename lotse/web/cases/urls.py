"""The addresses of the lists, the same for leads and for opportunities."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from lotse.web.cases import bulk, export, views
from lotse.web.cases.listing import LEADS, OPPORTUNITIES, Listing


def _of(listing: Listing) -> Iterator[URLPattern]:
    at, given = listing.name, {"listing": listing}
    yield path(f"{at}/", views.cases, given, name=at)
    yield path(f"{at}/filter/", views.narrowing, given, name=f"{at}-filter")
    yield path(f"{at}/export/", export.export, given, name=f"{at}-export")
    yield path(f"{at}/distribution/", bulk.distribution, given, name=f"{at}-distribution")
    yield path(f"{at}/move/", bulk.move, given, name=f"{at}-move")
    yield path(f"{at}/closure/", bulk.closure, given, name=f"{at}-closure")


urlpatterns = [*_of(LEADS), *_of(OPPORTUNITIES)]
