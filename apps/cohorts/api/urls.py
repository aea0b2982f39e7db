from django.urls import path

from apps.cohorts.api import cascade, mine, set_up, trainers

ONE = "<uuid:public_id>"
PROGRAM, INTAKE = f"cohorts/programs/{ONE}", f"cohorts/intakes/{ONE}"
TRAINER, MINE = f"cohorts/trainers/{ONE}", f"cohorts/mine/{ONE}"
urlpatterns = [
    path(f"cohorts/{ONE}/", mine.OwnPracticeView.as_view(), name="own-practice"),
    path("cohorts/mine/", mine.OwnRoleListView.as_view(), name="own-roles"),
    path(f"{MINE}/", mine.OwnCascadeView.as_view(), name="own-cascade"),
    path(f"{MINE}/pupils/", mine.OwnPupilListView.as_view(), name="own-pupils"),
    path(f"{MINE}/trainings/", mine.OwnTrainingListView.as_view(), name="own-trainings"),
    path(f"{PROGRAM}/terms/", set_up.TermsView.as_view(), name="cohort-terms"),
    path(f"{PROGRAM}/steps/", set_up.StepListView.as_view(), name="step-list"),
    path(f"{PROGRAM}/masters/", set_up.MasterAddView.as_view(), name="master-add"),
    path(f"{PROGRAM}/reach/", cascade.ReachView.as_view(), name="cohort-reach"),
    path(f"{PROGRAM}/trainers/", cascade.CascadeListView.as_view(), name="trainer-list"),
    path("cohorts/steps/<int:id>/", set_up.StepView.as_view(), name="step"),
    path("cohorts/steps/<int:id>/remove/", set_up.StepRemoveView.as_view(), name="step-remove"),
    path(f"{INTAKE}/teachers/", set_up.TeachersView.as_view(), name="teachers"),
    path(f"{INTAKE}/practice/", cascade.PracticeListView.as_view(), name="practice-list"),
    path(f"{TRAINER}/", trainers.TrainerView.as_view(), name="trainer"),
    path(f"{TRAINER}/pupils/", trainers.PupilListView.as_view(), name="trainer-pupils"),
    path(f"{TRAINER}/trainings/", trainers.TrainingListView.as_view(), name="trainer-trainings"),
    path(f"{TRAINER}/certify/", trainers.CertifyView.as_view(), name="trainer-certify"),
    path(f"{TRAINER}/suspend/", trainers.SuspendView.as_view(), name="trainer-suspend"),
    path(f"{TRAINER}/reinstate/", trainers.ReinstateView.as_view(), name="trainer-reinstate"),
    path(f"cohorts/practice/{ONE}/mark/", trainers.MarkView.as_view(), name="step-mark"),
    path(f"cohorts/practice/{ONE}/unmark/", trainers.UnmarkView.as_view(), name="step-unmark"),
]
