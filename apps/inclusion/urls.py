from django.urls import path

from apps.inclusion.views.fairness import FairnessView
from apps.inclusion.views.pages import DashboardView, MethodView, ProfileView, ReleaseView
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
    path("release/", ReleaseView.as_view(), name="release"),
    path("about-you/<uuid:public_id>/", ProfileView.as_view(), name="profile"),
    path("intakes/<uuid:public_id>/fairness/", FairnessView.as_view(), name="fairness"),
    path(ONE, TakeAwayView.as_view(), name="take-away"),
    path(f"{ONE}figures.csv", FiguresCsvView.as_view(), name="figures-csv"),
    path(f"{ONE}figures.xlsx", WorkbookView.as_view(), name="figures-xlsx"),
    path(f"{ONE}activities.xml", ActivitiesView.as_view(), name="activities-xml"),
    path(f"{ONE}tidy.csv", TidyCsvView.as_view(), name="tidy-csv"),
    path("<slug:scope>/<slug:scope_key>/", DashboardView.as_view(), name="dashboard-scope"),
]
