"""The photos of one document: see, add, put in order, remove. Works without scripts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.applications.rules.definition import Question
from apps.applications.selectors import form_of, pages_of
from apps.applications.services import add_pages, remove_page, reorder_pages
from apps.applications.views.own import OwnApplicationView
from apps.core.errors import DomainError, Invalid


class PagesView(OwnApplicationView):
    def get(self, request: HttpRequest, public_id: UUID, question: str) -> HttpResponse:
        return self._show(request, question)

    def post(self, request: HttpRequest, public_id: UUID, question: str) -> HttpResponse:
        """One button, one thing done: `add`, or the id of a page behind `up`, `down` or `remove`."""
        self._question(question)
        acts: dict[str, Callable[..., str]] = {"up": _move_up, "down": _move_down, "remove": _remove}
        try:
            name = next((name for name in acts if name in request.POST), None)
            said = acts[name](self, request, question) if name else _add(self, request, question)
            messages.success(request, said)
        except Invalid as error:
            return self._show(request, question, errors=error.fields.get(question, [error.message]))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("applications:pages", public_id, question)

    def _question(self, key: str) -> tuple[str, Question]:
        found = [
            (section.key, question)
            for section, question in form_of(self.application).questions()
            if question.key == key and question.kind == "photos"
        ]
        if not found:
            raise Http404
        return found[0]

    def _show(self, request: HttpRequest, key: str, errors: Any = ()) -> HttpResponse:
        section, question = self._question(key)
        context = {
            "application": self.application,
            "section_key": section,
            "question": question,
            "pages": pages_of(self.application, key),
            "errors": list(errors),
        }
        return render(request, "applications/application_pages.html", context, status=422 if errors else 200)


def _page_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _add(view: PagesView, request: HttpRequest, question: str) -> str:
    uploads = request.FILES.getlist("photos")
    if not uploads:
        raise Invalid(_("Choose one or more photos first."))
    add_pages(application=view.application, question=question, uploads=uploads, actor=request.actor)
    return _("The photos are added.")


def _remove(view: PagesView, request: HttpRequest, question: str) -> str:
    page = _page_id(request.POST["remove"])
    remove_page(application=view.application, question=question, page=page, actor=request.actor)
    return _("The page is removed.")


def _move_up(view: PagesView, request: HttpRequest, question: str) -> str:
    return _move(view, request, question, _page_id(request.POST["up"]), -1)


def _move_down(view: PagesView, request: HttpRequest, question: str) -> str:
    return _move(view, request, question, _page_id(request.POST["down"]), 1)


def _move(view: PagesView, request: HttpRequest, question: str, page: UUID, by: int) -> str:
    order = [each.public_id for each in pages_of(view.application, question)]
    if page not in order:
        raise Http404
    at = order.index(page)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    reorder_pages(application=view.application, question=question, order=order, actor=request.actor)
    return _("This is page {number} now.").format(number=to + 1)
