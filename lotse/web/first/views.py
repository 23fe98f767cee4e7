"""The page that makes the administrator of a new installation."""

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from lotse.access import presets
from lotse.records.people import services as people
from lotse.records.people.models import Role
from lotse.web.desk import DeskRequest
from lotse.web.first import links
from lotse.web.first.forms import FirstForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: DeskRequest, token: str) -> HttpResponse:
    if not links.is_good(token):
        raise Http404
    form = FirstForm(request.POST or None, initial={"language": get_language()})
    if not form.is_valid():
        return render(request, "first/page.html", {"form": form})

    presets.install()
    try:
        user = people.create_first_user(
            **form.cleaned_data,
            role=Role.objects.get(key="administrator"),
            now=request.now,
        )
    except people.SomebodyThere:
        raise Http404 from None
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")
