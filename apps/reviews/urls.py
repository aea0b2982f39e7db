from django.urls import path

from apps.reviews.views import assigning, calibration, progress, quality, readers, rubric, ties
from apps.reviews.views.autosave import CommentView, CriterionView
from apps.reviews.views.compare import CompareView
from apps.reviews.views.prepare import PrepareView
from apps.reviews.views.queue import DoneView, QueueView
from apps.reviews.views.review import ReviewDocumentView, ReviewView
from apps.reviews.views.stepping_back import ConflictView, RecuseView

app_name = "reviews"
INTAKE = "intakes/<uuid:public_id>"
urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("ties/", ties.TiesView.as_view(), name="ties"),
    path("ties/<int:number>/take-back/", ties.TakeBackTieView.as_view(), name="tie-take-back"),
    path("done/", DoneView.as_view(), name="done"),
    path("<uuid:public_id>/", ReviewView.as_view(), name="review"),
    path("<uuid:public_id>/conflict/", ConflictView.as_view(), name="conflict"),
    path("<uuid:public_id>/recuse/", RecuseView.as_view(), name="recuse"),
    path("<uuid:public_id>/criteria/<int:criterion>/", CriterionView.as_view(), name="criterion"),
    path("<uuid:public_id>/comment/", CommentView.as_view(), name="comment"),
    path("<uuid:public_id>/compare/", CompareView.as_view(), name="compare"),
    path("applications/<uuid:public_id>/prepare/", PrepareView.as_view(), name="prepare"),
    path("<uuid:public_id>/reopen/", progress.ReopenView.as_view(), name="reopen"),
    path("<uuid:public_id>/remove/", readers.RemoveReaderView.as_view(), name="reader-remove"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", ReviewDocumentView.as_view(), name="document"),
    path("applications/<uuid:public_id>/readers/", readers.ReadersView.as_view(), name="readers"),
    path(f"{INTAKE}/rubric/", rubric.RubricView.as_view(), name="rubric"),
    path(f"{INTAKE}/assign/", assigning.AssignView.as_view(), name="assign"),
    path(f"{INTAKE}/assign/undo/", assigning.UndoView.as_view(), name="assign-undo"),
    path(f"{INTAKE}/reviewers/<uuid:reviewer>/", assigning.ReaderView.as_view(), name="reader"),
    path(f"{INTAKE}/progress/", progress.ProgressView.as_view(), name="progress"),
    path(f"{INTAKE}/calibration/", calibration.CalibrationView.as_view(), name="calibration"),
    path(
        f"{INTAKE}/calibration/<uuid:application>/",
        calibration.CalibrationPaperView.as_view(),
        name="calibration-paper",
    ),
    path(f"{INTAKE}/quality/", quality.QualityView.as_view(), name="quality"),
    path(f"{INTAKE}/quality/third-readings/", quality.ThirdReadingsView.as_view(), name="third-readings"),
]
