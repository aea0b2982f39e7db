"""Messages to me, the delivery log, and the demo's mailbox."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.cleaning import tidy
from apps.core.errors import DomainError
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.selectors import delivery_log, demo_mail, inbox
from apps.notifications.services.drain import is_paused
from apps.notifications.services.managing import pause_sending, read_all, resume_sending, try_again


class MessageListView(TemplateView):
    access = Access.SIGNED_IN
    template_name = "notifications/message_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset_page(
            inbox(self.request.viewer), self.request.GET.get("cursor"), order=("-id",), size=20
        )
        return super().get_context_data(page=page, zone=zone_of(self.request), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        read_all(user=request.user, actor=request.actor)
        return redirect("notifications:message-list")


class LogForm(forms.Form):
    hide_optional = True
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("Every state")), *MessageStatus.choices],
    )
    q = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=254)


class DeliveryLogView(TemplateView):
    """What was sent to whom and how it went; the words of a message are the recipient's."""

    access = Access.COORDINATOR
    template_name = "notifications/delivery_log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = LogForm(self.request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        found = delivery_log(self.request.viewer)
        if wanted.get("status"):
            found = found.filter(status=wanted["status"])
        if wanted.get("q"):
            found = found.filter(address__icontains=tidy(wanted["q"]))
        page = keyset_page(found, self.request.GET.get("cursor"), order=("-id",), size=50)
        paused = is_paused(Channel.EMAIL)
        return super().get_context_data(
            form=form, page=page, zone=zone_of(self.request), paused=paused, **kwargs
        )


class RetryView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        message = get_object_or_404(delivery_log(request.viewer), public_id=public_id)
        try:
            try_again(message=message, actor=request.actor)
            messages.success(request, _("The message is sent once more."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("notifications:delivery-log")


class PauseView(View):
    """Stop all mail of the house within seconds, or let it go on."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest) -> HttpResponse:
        if "resume" in request.POST:
            resume_sending(channel=Channel.EMAIL, actor=request.actor)
            messages.success(request, _("Messages are being sent again."))
        else:
            pause_sending(channel=Channel.EMAIL, actor=request.actor)
            messages.success(request, _("Sending is paused. Nothing is lost."))
        return redirect("notifications:delivery-log")


class MailboxView(TemplateView):
    """Only in the demo: every mail that would have left, newest first."""

    access = Access.PUBLIC
    template_name = "notifications/mailbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not settings.DEMO:
            raise Http404
        address = tidy(self.request.GET.get("address", ""))[:254]
        page = keyset_page(demo_mail(address), self.request.GET.get("cursor"), order=("-id",), size=20)
        return super().get_context_data(page=page, address=address, **kwargs)
