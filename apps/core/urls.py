from django.urls import path

from apps.core.views import OfflineView

app_name = "core"
urlpatterns = [
    path("offline/", OfflineView.as_view(), name="offline"),
]
