"""Every address of the site. Pages carry the language in their path; machines' addresses do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from apps.accounts.views.device import SignOutView
from apps.accounts.views.sign_in import ConfirmCodeView, RequestCodeView
from apps.core.views import ServiceWorkerView
from apps.portal.views.health import LiveView, ReadyView

urlpatterns = [
    path("health/live", LiveView.as_view(), name="health-live"),
    path("health/ready", ReadyView.as_view(), name="health-ready"),
    path("service-worker.js", ServiceWorkerView.as_view(), name="service-worker"),
    path("api/", include("talentplatform.api_urls")),
]

urlpatterns += i18n_patterns(
    path("sign-in/login/code/", RequestCodeView.as_view(), name="account_request_login_code"),
    path("sign-in/login/code/confirm/", ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("sign-in/logout/", SignOutView.as_view(), name="account_logout"),
    path("sign-in/", include("allauth.urls")),
    path("programs/", include("apps.programs.urls")),
    path("applications/", include("apps.applications.urls")),
    path("reviews/", include("apps.reviews.urls")),
    path("selection/", include("apps.selection.urls")),
    path("enrolments/", include("apps.enrolments.urls")),
    path("scholarships/", include("apps.scholarships.urls")),
    path("courses/", include("apps.courses.urls")),
    path("cohorts/", include("apps.cohorts.urls")),
    path("messages/", include("apps.notifications.urls")),
    path("inclusion/", include("apps.inclusion.urls")),
    path("records/", include("apps.records.urls")),
    path("accounts/", include("apps.accounts.urls")),
    path("people/", include("apps.people.urls")),
    path("", include("apps.core.urls")),
    path("", include("apps.portal.urls")),
)
