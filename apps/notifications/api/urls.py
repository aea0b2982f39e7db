from django.urls import path

from apps.notifications.api import batches, log, views

urlpatterns = [
    path("messages/", views.MessageListView.as_view(), name="message-list"),
    path("messages/log/", log.DeliveryLogView.as_view(), name="delivery-log"),
    path("messages/log/<uuid:public_id>/retry/", log.RetryView.as_view(), name="message-retry"),
    path("batches/<uuid:public_id>/notices/", batches.NoticesView.as_view(), name="batch-notices"),
    path("batches/<uuid:public_id>/notices/pause/", batches.PauseView.as_view(), name="notices-pause"),
    path("batches/<uuid:public_id>/notices/resume/", batches.ResumeView.as_view(), name="notices-resume"),
]
