"""Every address of the API; each app keeps its own."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from apps.core.views import ApiDocsView

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", ApiDocsView.as_view(), name="docs"),
    path("", include("apps.programs.api.urls")),
    path("", include("apps.applications.api.urls")),
    path("", include("apps.reviews.api.urls")),
    path("", include("apps.selection.api.urls")),
    path("", include("apps.enrolments.api.urls")),
    path("", include("apps.scholarships.api.urls")),
    path("", include("apps.courses.api.urls")),
    path("", include("apps.cohorts.api.urls")),
    path("", include("apps.notifications.api.urls")),
    path("", include("apps.inclusion.api.urls")),
    path("", include("apps.portal.api.urls")),
]
