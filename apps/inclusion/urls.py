from django.urls import path

from apps.inclusion.views.fairness import FairnessView
from apps.inclusion.views.pages import DashboardView, MethodView, ReleaseView
from apps.inclusion.views.profile import ProfileView

app_name = "inclusion"
urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path("method/", MethodView.as_view(), name="method"),
    path("release/", ReleaseView.as_view(), name="release"),
    path("about-you/<uuid:public_id>/", ProfileView.as_view(), name="profile"),
    path("intakes/<uuid:public_id>/fairness/", FairnessView.as_view(), name="fairness"),
    path("<slug:scope>/<slug:scope_key>/", DashboardView.as_view(), name="dashboard-scope"),
]
