from django.urls import path

from apps.reviews.views.autosave import CommentView, CriterionView
from apps.reviews.views.compare import CompareView
from apps.reviews.views.prepare import PrepareView
from apps.reviews.views.queue import DoneView, QueueView
from apps.reviews.views.review import ReviewDocumentView, ReviewView
from apps.reviews.views.setup import AssignView, ProgressView, ReopenView, RubricView
from apps.reviews.views.stepping_back import ConflictView, RecuseView

app_name = "reviews"
urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("done/", DoneView.as_view(), name="done"),
    path("<uuid:public_id>/", ReviewView.as_view(), name="review"),
    path("<uuid:public_id>/conflict/", ConflictView.as_view(), name="conflict"),
    path("<uuid:public_id>/recuse/", RecuseView.as_view(), name="recuse"),
    path("<uuid:public_id>/criteria/<int:criterion>/", CriterionView.as_view(), name="criterion"),
    path("<uuid:public_id>/comment/", CommentView.as_view(), name="comment"),
    path("<uuid:public_id>/compare/", CompareView.as_view(), name="compare"),
    path("<uuid:public_id>/reopen/", ReopenView.as_view(), name="reopen"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", ReviewDocumentView.as_view(), name="document"),
    path("applications/<uuid:public_id>/prepare/", PrepareView.as_view(), name="prepare"),
    path("intakes/<uuid:public_id>/rubric/", RubricView.as_view(), name="rubric"),
    path("intakes/<uuid:public_id>/assign/", AssignView.as_view(), name="assign"),
    path("intakes/<uuid:public_id>/progress/", ProgressView.as_view(), name="progress"),
]
