from django.urls import path

from apps.portal.views.mine import HomeView, MyApplicationsView, MyApplicationView

app_name = "portal"
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("my/applications/", MyApplicationsView.as_view(), name="my-applications"),
    path("my/applications/<uuid:public_id>/", MyApplicationView.as_view(), name="my-application"),
]
