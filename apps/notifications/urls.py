from django.urls import path

from apps.notifications.views.batches import BatchNoticesView
from apps.notifications.views.pages import (
    DeliveryLogView,
    MailboxView,
    MessageListView,
    PauseView,
    RetryView,
)

app_name = "notifications"
urlpatterns = [
    path("", MessageListView.as_view(), name="message-list"),
    path("log/", DeliveryLogView.as_view(), name="delivery-log"),
    path("log/pause/", PauseView.as_view(), name="sending-pause"),
    path("log/<uuid:public_id>/retry/", RetryView.as_view(), name="message-retry"),
    path("batches/<uuid:public_id>/", BatchNoticesView.as_view(), name="batch-notices"),
    path("mailbox/", MailboxView.as_view(), name="mailbox"),
]
