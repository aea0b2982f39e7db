from django.urls import path

from apps.courses.api import marking, mine, plan

ONE = "<uuid:public_id>"
INTAKE, SESSION, UNIT = f"courses/intakes/{ONE}", f"courses/sessions/{ONE}", f"courses/units/{ONE}"
urlpatterns = [
    path(f"courses/{ONE}/", mine.OwnCourseView.as_view(), name="own-course"),
    path(f"courses/programs/{ONE}/terms/", plan.TermsView.as_view(), name="course-terms"),
    path(f"{INTAKE}/progress/", marking.CourseProgressView.as_view(), name="course-progress"),
    path(f"{INTAKE}/sessions/", plan.SessionListView.as_view(), name="session-list"),
    path(f"{INTAKE}/sessions/new/", plan.SessionAddView.as_view(), name="session-add"),
    path(f"{INTAKE}/units/", plan.UnitListView.as_view(), name="unit-list"),
    path(f"{INTAKE}/units/new/", plan.UnitAddView.as_view(), name="unit-add"),
    path(f"{SESSION}/", plan.SessionView.as_view(), name="session"),
    path(f"{SESSION}/remove/", plan.SessionRemoveView.as_view(), name="session-remove"),
    path(f"{SESSION}/attendance/", marking.AttendanceView.as_view(), name="session-attendance"),
    path(f"{UNIT}/", plan.UnitView.as_view(), name="unit"),
    path(f"{UNIT}/remove/", plan.UnitRemoveView.as_view(), name="unit-remove"),
    path(f"{UNIT}/assessments/", marking.AssessmentsView.as_view(), name="unit-assessments"),
]
