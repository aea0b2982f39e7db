from django.urls import path

from apps.courses.views.participant import MyCourseView
from apps.courses.views.set_up import (
    SessionAddView,
    SessionEditView,
    SessionRemoveView,
    TermsView,
    UnitAddView,
    UnitEditView,
    UnitRemoveView,
)
from apps.courses.views.staff import AttendanceView, CourseProgressView, SessionListView, UnitAssessView

app_name = "courses"
urlpatterns = [
    path("<uuid:public_id>/", MyCourseView.as_view(), name="my-course"),
    path("programs/<uuid:public_id>/terms/", TermsView.as_view(), name="terms-edit"),
    path("sessions/", SessionListView.as_view(), name="session-list"),
    path("intakes/<uuid:public_id>/", CourseProgressView.as_view(), name="course-progress"),
    path("intakes/<uuid:public_id>/sessions/new/", SessionAddView.as_view(), name="session-add"),
    path("intakes/<uuid:public_id>/units/new/", UnitAddView.as_view(), name="unit-add"),
    path("sessions/<uuid:public_id>/", SessionEditView.as_view(), name="session-edit"),
    path("sessions/<uuid:public_id>/remove/", SessionRemoveView.as_view(), name="session-remove"),
    path("sessions/<uuid:public_id>/attendance/", AttendanceView.as_view(), name="session-attendance"),
    path("units/<uuid:public_id>/", UnitEditView.as_view(), name="unit-edit"),
    path("units/<uuid:public_id>/remove/", UnitRemoveView.as_view(), name="unit-remove"),
    path("units/<uuid:public_id>/assess/", UnitAssessView.as_view(), name="unit-assess"),
]
