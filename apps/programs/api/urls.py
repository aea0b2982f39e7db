from django.urls import path

from apps.programs.api import eligibility, funding, intakes, programs, views

ONE = "<uuid:public_id>"
urlpatterns = [
    path("intakes/", views.IntakeListView.as_view(), name="intake-list"),
    path(f"intakes/{ONE}/", views.IntakeView.as_view(), name="intake"),
    path(f"intakes/{ONE}/eligibility/", views.EligibilityView.as_view(), name="eligibility"),
    path("programs/", programs.ProgramListView.as_view(), name="program-list"),
    path(f"programs/{ONE}/", programs.ProgramView.as_view(), name="program"),
    path(f"programs/{ONE}/intakes/", intakes.ProgramIntakeListView.as_view(), name="program-intake-list"),
    path(f"programs/{ONE}/funders/", funding.ProgramFunderListView.as_view(), name="program-funders"),
    path("fundings/<int:id>/inclusion-mode/", funding.InclusionModeView.as_view(), name="inclusion-mode"),
    path(f"intakes/{ONE}/setup/", intakes.IntakeSetupView.as_view(), name="intake-setup"),
    path(f"intakes/{ONE}/move/", intakes.IntakeMoveView.as_view(), name="intake-move"),
    path(f"intakes/{ONE}/rules/", eligibility.RulesView.as_view(), name="eligibility-rules"),
    path(f"intakes/{ONE}/targets/", eligibility.TargetsView.as_view(), name="targets"),
]
