"""The addresses of contacts."""

from django.urls import path

from lotse.web.contacts import views

urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/new/", views.new, name="contact-new"),
    path("contacts/<int:pk>/", views.contact, name="contact"),
    path("contacts/<int:pk>/fields/", views.fields, name="contact-fields"),
    path("contacts/<int:pk>/consents/", views.consents, name="contact-consents"),
]
