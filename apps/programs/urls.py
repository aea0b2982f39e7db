from django.urls import path

from apps.programs.views.desk import (
    CoverageView,
    EnquiryCloseView,
    EnquiryListView,
    EnquiryView,
    OutageView,
)
from apps.programs.views.eligibility import EligibilityResultView, EligibilityView
from apps.programs.views.funding import InclusionModesView, InclusionModeView
from apps.programs.views.public import CatalogueView, ProgramView
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
    path("manage/outages/", OutageView.as_view(), name="outages"),
    path("manage/questions/", EnquiryListView.as_view(), name="enquiries"),
    path("manage/questions/<uuid:public_id>/", EnquiryView.as_view(), name="enquiry"),
    path("manage/questions/<uuid:public_id>/close/", EnquiryCloseView.as_view(), name="enquiry-close"),
    path("manage/inclusion/", InclusionModesView.as_view(), name="inclusion-modes"),
    path("manage/inclusion/<int:funding_id>/", InclusionModeView.as_view(), name="inclusion-mode"),
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
    path(
        "manage/intakes/<uuid:public_id>/eligibility/examples/",
        CoverageView.as_view(),
        name="eligibility-coverage",
    ),
    path("manage/intakes/<uuid:public_id>/targets/", TargetsView.as_view(), name="targets"),
    path("<slug:program>/<slug:intake>/", ProgramView.as_view(), name="program-detail"),
    path("<slug:program>/<slug:intake>/can-i-apply/", EligibilityView.as_view(), name="eligibility"),
    path(
        "<slug:program>/<slug:intake>/can-i-apply/<str:result>/",
        EligibilityResultView.as_view(),
        name="eligibility-result",
    ),
]
