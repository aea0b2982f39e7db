from django.urls import path

from apps.inclusion.views.changes import ChangesView
from apps.inclusion.views.dashboard import DashboardView
from apps.inclusion.views.fairness import FairnessView
from apps.inclusion.views.indicators import (
    DefinitionsView,
    MarkerView,
    PeriodsView,
    ProgramIndicatorsView,
    WholeIndicatorsView,
)
from apps.inclusion.views.intakes import IntakeFiguresView
from apps.inclusion.views.method import MethodView
from apps.inclusion.views.pages import ReleaseView, RestateView
from apps.inclusion.views.profile import ProfileView
from apps.inclusion.views.quality import QualityView
from apps.inclusion.views.sharing import RevokeView, SharedPageView, SharesView
from apps.inclusion.views.taking import (
    ActivitiesView,
    FiguresCsvView,
    TakeAwayView,
    TidyCsvView,
    WorkbookView,
)

ONE = "releases/<int:number>/"
app_name = "inclusion"
urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path("method/", MethodView.as_view(), name="method"),
    path("quality/", QualityView.as_view(), name="quality"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("changes/<slug:scope>/<slug:scope_key>/", ChangesView.as_view(), name="changes-scope"),
    path("shares/", SharesView.as_view(), name="shares"),
    path("shares/<uuid:public_id>/end/", RevokeView.as_view(), name="share-end"),
    path("shared/<str:address>/", SharedPageView.as_view(), name="shared"),
    path("indicators/", DefinitionsView.as_view(), name="indicators"),
    path("targets/", WholeIndicatorsView.as_view(), name="whole-indicators"),
    path("targets/periods/", PeriodsView.as_view(), name="periods"),
    path("targets/<slug:kind>/", WholeIndicatorsView.as_view(), name="kind-indicators"),
    path("programs/<uuid:public_id>/indicators/", ProgramIndicatorsView.as_view(), name="program-indicators"),
    path("programs/<uuid:public_id>/markers/<slug:marker>/", MarkerView.as_view(), name="marker"),
    path("release/", ReleaseView.as_view(), name="release"),
    path("about-you/<uuid:public_id>/", ProfileView.as_view(), name="profile"),
    path("intakes/<uuid:public_id>/fairness/", FairnessView.as_view(), name="fairness"),
    path("intakes/<uuid:public_id>/figures/", IntakeFiguresView.as_view(), name="intake-figures"),
    path(f"{ONE}restate/", RestateView.as_view(), name="restate"),
    path(ONE, TakeAwayView.as_view(), name="take-away"),
    path(f"{ONE}figures.csv", FiguresCsvView.as_view(), name="figures-csv"),
    path(f"{ONE}figures.xlsx", WorkbookView.as_view(), name="figures-xlsx"),
    path(f"{ONE}activities.xml", ActivitiesView.as_view(), name="activities-xml"),
    path(f"{ONE}tidy.csv", TidyCsvView.as_view(), name="tidy-csv"),
    path("<slug:scope>/<slug:scope_key>/", DashboardView.as_view(), name="dashboard-scope"),
]
