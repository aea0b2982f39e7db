"""Every address of the API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from apps.applications.api import references
from apps.applications.api import views as applications
from apps.core.views import ApiDocsView
from apps.enrolments.api import views as enrolments
from apps.notifications.api import views as notifications
from apps.programs.api import views as programs
from apps.reviews.api import views as reviews
from apps.selection.api import views as selection

app_name = "api"
ONE = "<uuid:public_id>"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", ApiDocsView.as_view(), name="docs"),
    path("intakes/", programs.IntakeListView.as_view(), name="intake-list"),
    path(f"intakes/{ONE}/", programs.IntakeView.as_view(), name="intake"),
    path(f"intakes/{ONE}/eligibility/", programs.EligibilityView.as_view(), name="eligibility"),
    path("applications/", applications.ApplicationListView.as_view(), name="application-list"),
    path("applications/run/", applications.RunApplicationListView.as_view(), name="run-application-list"),
    path(f"applications/{ONE}/", applications.ApplicationView.as_view(), name="application"),
    path(f"applications/{ONE}/sections/<slug:section>/", applications.SectionView.as_view(), name="section"),
    path(f"applications/{ONE}/documents/", applications.DocumentUploadView.as_view(), name="document-upload"),
    path(f"applications/{ONE}/references/", references.ReferenceListView.as_view(), name="reference-list"),
    path(f"applications/{ONE}/submit/", applications.SubmitView.as_view(), name="submit"),
    path(f"applications/{ONE}/withdraw/", applications.WithdrawView.as_view(), name="withdraw"),
    path("reviews/", reviews.AssignmentListView.as_view(), name="assignment-list"),
    path(f"reviews/{ONE}/", reviews.AssignmentView.as_view(), name="assignment"),
    path(f"reviews/{ONE}/conflict/", reviews.ConflictView.as_view(), name="review-conflict"),
    path(f"reviews/{ONE}/scores/", reviews.ReviewSaveView.as_view(), name="review-save"),
    path(f"reviews/{ONE}/submit/", reviews.ReviewSubmitView.as_view(), name="review-submit"),
    path("offers/", selection.OfferListView.as_view(), name="offer-list"),
    path(f"offers/{ONE}/accept/", enrolments.AcceptView.as_view(), name="offer-accept"),
    path(f"offers/{ONE}/decline/", selection.DeclineView.as_view(), name="offer-decline"),
    path("enrolments/", enrolments.EnrolmentListView.as_view(), name="enrolment-list"),
    path("enrolments/run/", enrolments.RosterView.as_view(), name="roster"),
    path("messages/", notifications.MessageListView.as_view(), name="message-list"),
]
