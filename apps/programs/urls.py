from django.urls import path

from apps.programs.views.public import CatalogueView, EligibilityResultView, EligibilityView, ProgramView
from apps.programs.views.setup import (
    EligibilitySetupView,
    FundingView,
    IntakeCreateView,
    IntakeMoveView,
    IntakeSetupView,
    ProgramCreateView,
    ProgramEditView,
    ProgramListView,
    TargetsView,
)

app_name = "programs"
urlpatterns = [
    path("", CatalogueView.as_view(), name="catalogue"),
    path("manage/", ProgramListView.as_view(), name="program-list"),
    path("manage/new/", ProgramCreateView.as_view(), name="program-create"),
    path("manage/<uuid:public_id>/", ProgramEditView.as_view(), name="program-edit"),
    path("manage/<uuid:public_id>/funding/", FundingView.as_view(), name="funding-set"),
    path("manage/<uuid:public_id>/intakes/new/", IntakeCreateView.as_view(), name="intake-create"),
    path("manage/intakes/<uuid:public_id>/", IntakeSetupView.as_view(), name="intake-setup"),
    path("manage/intakes/<uuid:public_id>/move/", IntakeMoveView.as_view(), name="intake-move"),
    path(
        "manage/intakes/<uuid:public_id>/eligibility/",
        EligibilitySetupView.as_view(),
        name="eligibility-setup",
    ),
    path("manage/intakes/<uuid:public_id>/targets/", TargetsView.as_view(), name="targets"),
    path("<slug:program>/<slug:intake>/", ProgramView.as_view(), name="program-detail"),
    path("<slug:program>/<slug:intake>/can-i-apply/", EligibilityView.as_view(), name="eligibility"),
    path(
        "<slug:program>/<slug:intake>/can-i-apply/answer/",
        EligibilityResultView.as_view(),
        name="eligibility-result",
    ),
]
