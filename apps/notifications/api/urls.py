from django.urls import path

from apps.notifications.api import log, views

urlpatterns = [
    path("messages/", views.MessageListView.as_view(), name="message-list"),
    path("messages/log/", log.DeliveryLogView.as_view(), name="delivery-log"),
    path("messages/log/<uuid:public_id>/retry/", log.RetryView.as_view(), name="message-retry"),
]
