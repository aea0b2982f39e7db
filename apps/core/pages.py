"""Pages that call one service: a form, or a single button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views import View
from django.views.generic import FormView

from apps.core.errors import DomainError
from apps.core.forms import attach


class ServiceFormView(FormView):
    """A form whose valid input goes to one service; what the service refuses goes beside its field."""

    done: str | Promise = ""

    def act(self, form: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except DomainError as error:
            attach(form, error)
            return self.refuse(form, error.status)
        if self.done:
            messages.success(self.request, str(self.done))
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.refuse(form, 422)

    def refuse(self, form: Any, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class ServiceActionView(View):
    """One button. A refusal becomes a message on the page the person came from."""

    http_method_names = ["post", "options"]
    done: str | Promise = ""

    def act(self) -> None:
        raise NotImplementedError

    def get_success_url(self) -> str:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            if self.done:
                messages.success(request, str(self.done))
        return redirect(self.get_success_url())
