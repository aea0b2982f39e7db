from django.urls import path

from apps.reviews.api import assigning, views

ONE = "<uuid:public_id>"
urlpatterns = [
    path("reviews/", views.AssignmentListView.as_view(), name="assignment-list"),
    path(f"reviews/{ONE}/", views.AssignmentView.as_view(), name="assignment"),
    path(f"reviews/{ONE}/conflict/", views.ConflictView.as_view(), name="review-conflict"),
    path(f"reviews/{ONE}/scores/", views.ReviewSaveView.as_view(), name="review-save"),
    path(f"reviews/{ONE}/scores/<int:criterion>/", views.ScoreView.as_view(), name="review-score"),
    path(f"reviews/{ONE}/recuse/", views.RecuseView.as_view(), name="review-recuse"),
    path(f"reviews/{ONE}/submit/", views.ReviewSubmitView.as_view(), name="review-submit"),
    path(f"reviews/{ONE}/reopen/", assigning.ReopenView.as_view(), name="review-reopen"),
    path(f"intakes/{ONE}/reviewers/", assigning.ReviewersView.as_view(), name="reviewers"),
    path(f"intakes/{ONE}/assign/preview/", assigning.AssignPreviewView.as_view(), name="assign-preview"),
    path(f"intakes/{ONE}/assign/", assigning.AssignView.as_view(), name="assign"),
    path(f"intakes/{ONE}/assign/undo/", assigning.UndoView.as_view(), name="assign-undo"),
    path(f"intakes/{ONE}/progress/", assigning.ProgressView.as_view(), name="progress"),
]
