from django.urls import path

from apps.cohorts.views.participant import (
    MyCascadeView,
    MyPracticeView,
    MyTrainerRolesView,
    TrainingReportView,
)
from apps.cohorts.views.set_up import (
    MasterAddView,
    StepAddView,
    StepEditView,
    StepRemoveView,
    TeachersView,
    TermsView,
)
from apps.cohorts.views.staff import (
    CohortPracticeView,
    ProgramCascadeView,
    StepMarkView,
    StepUnmarkView,
    TrainerCertifyView,
    TrainerDetailView,
    TrainerReinstateView,
    TrainerSuspendView,
)

app_name = "cohorts"
urlpatterns = [
    path("<uuid:public_id>/", MyPracticeView.as_view(), name="my-practice"),
    path("mine/", MyTrainerRolesView.as_view(), name="my-roles"),
    path("mine/<uuid:public_id>/", MyCascadeView.as_view(), name="my-cascade"),
    path("mine/<uuid:public_id>/report/", TrainingReportView.as_view(), name="training-report"),
    path("programs/<uuid:public_id>/terms/", TermsView.as_view(), name="terms-edit"),
    path("programs/<uuid:public_id>/steps/new/", StepAddView.as_view(), name="step-add"),
    path("programs/<uuid:public_id>/masters/new/", MasterAddView.as_view(), name="master-add"),
    path("programs/<uuid:public_id>/cascade/", ProgramCascadeView.as_view(), name="program-cascade"),
    path("steps/<int:step_id>/", StepEditView.as_view(), name="step-edit"),
    path("steps/<int:step_id>/remove/", StepRemoveView.as_view(), name="step-remove"),
    path("intakes/<uuid:public_id>/", CohortPracticeView.as_view(), name="cohort-practice"),
    path("intakes/<uuid:public_id>/teachers/", TeachersView.as_view(), name="teachers-edit"),
    path("trainers/<uuid:public_id>/", TrainerDetailView.as_view(), name="trainer-detail"),
    path("trainers/<uuid:public_id>/certify/", TrainerCertifyView.as_view(), name="trainer-certify"),
    path("trainers/<uuid:public_id>/suspend/", TrainerSuspendView.as_view(), name="trainer-suspend"),
    path("trainers/<uuid:public_id>/reinstate/", TrainerReinstateView.as_view(), name="trainer-reinstate"),
    path("practice/<uuid:public_id>/mark/", StepMarkView.as_view(), name="step-mark"),
    path("practice/<uuid:public_id>/unmark/", StepUnmarkView.as_view(), name="step-unmark"),
]
