"""The addresses of importing: a file, how it is read, what would happen, what happened."""

from django.urls import path

from lotse.web.imports import views

urlpatterns = [
    path("import/", views.imports, name="import"),
    path("import/sample.csv", views.sample, name="import-sample"),
    path("import/<int:pk>/", views.result, name="import-result"),
    path("import/<int:pk>/columns/", views.columns, name="import-columns"),
    path("import/<int:pk>/check/", views.check, name="import-check"),
    path("import/<int:pk>/start/", views.start, name="import-start"),
    path("import/<int:pk>/removal/", views.removal, name="import-removal"),
    path("import/<int:pk>/set-aside.csv", views.set_aside, name="import-set-aside"),
]
