from django.urls import path

from apps.inclusion.views.fairness import FairnessView
from apps.inclusion.views.indicators import (
    DefinitionsView,
    MarkerView,
    PeriodsView,
    ProgramIndicatorsView,
    WholeIndicatorsView,
)
from apps.inclusion.views.pages import DashboardView, MethodView, ProfileView, ReleaseView

app_name = "inclusion"
urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path("method/", MethodView.as_view(), name="method"),
    path("indicators/", DefinitionsView.as_view(), name="indicators"),
    path("targets/", WholeIndicatorsView.as_view(), name="whole-indicators"),
    path("targets/periods/", PeriodsView.as_view(), name="periods"),
    path("targets/<slug:kind>/", WholeIndicatorsView.as_view(), name="kind-indicators"),
    path("programs/<uuid:public_id>/indicators/", ProgramIndicatorsView.as_view(), name="program-indicators"),
    path("programs/<uuid:public_id>/markers/<slug:marker>/", MarkerView.as_view(), name="marker"),
    path("release/", ReleaseView.as_view(), name="release"),
    path("about-you/<uuid:public_id>/", ProfileView.as_view(), name="profile"),
    path("intakes/<uuid:public_id>/fairness/", FairnessView.as_view(), name="fairness"),
    path("<slug:scope>/<slug:scope_key>/", DashboardView.as_view(), name="dashboard-scope"),
]
