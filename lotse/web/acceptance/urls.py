"""The addresses of offers and of the guide; each act on them is a thing with an address."""

from django.urls import path

from lotse.web.acceptance.views import contact, guide, offers

urlpatterns = [
    path("offers/", offers.listing, name="offers"),
    path("offers/<int:pk>/", offers.page, name="offer"),
    path("offers/<int:pk>/acceptance/", offers.acceptance, name="offer-acceptance"),
    path("offers/<int:pk>/refusal/", offers.refusal, name="offer-refusal"),
    path("leads/<int:pk>/guide/", guide.start, name="guide"),
    path("leads/<int:pk>/guide/cancellation/", guide.cancellation, name="guide-cancellation"),
    path("leads/<int:pk>/guide/request/", guide.request_access, name="guide-request"),
    path("leads/<int:pk>/guide/account/", guide.account, name="guide-account"),
    path("leads/<int:pk>/guide/contact/", contact.contact, name="guide-contact"),
    path("leads/<int:pk>/guide/case/", guide.case, name="guide-case"),
]
