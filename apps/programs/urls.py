from django.urls import path

from apps.programs.views.public import CatalogueView, EligibilityView, ProgramView

app_name = "programs"
urlpatterns = [
    path("", CatalogueView.as_view(), name="catalogue"),
    path("<slug:program>/<slug:intake>/", ProgramView.as_view(), name="program-detail"),
    path("<slug:program>/<slug:intake>/can-i-apply/", EligibilityView.as_view(), name="eligibility"),
]
