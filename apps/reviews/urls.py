from django.urls import path

from apps.reviews.views.desk import ConflictView, QueueView, ReviewDocumentView, ReviewView
from apps.reviews.views.setup import AssignView, ProgressView, ReopenView, RubricView

app_name = "reviews"
urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("<uuid:public_id>/", ReviewView.as_view(), name="review"),
    path("<uuid:public_id>/conflict/", ConflictView.as_view(), name="conflict"),
    path("<uuid:public_id>/reopen/", ReopenView.as_view(), name="reopen"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", ReviewDocumentView.as_view(), name="document"),
    path("intakes/<uuid:public_id>/rubric/", RubricView.as_view(), name="rubric"),
    path("intakes/<uuid:public_id>/assign/", AssignView.as_view(), name="assign"),
    path("intakes/<uuid:public_id>/progress/", ProgressView.as_view(), name="progress"),
]
