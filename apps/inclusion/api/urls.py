from django.urls import path

from apps.inclusion.api import fairness, indicators, tidy, views

ONE = "<uuid:public_id>"
urlpatterns = [
    path(f"intakes/{ONE}/fairness/", fairness.FairnessView.as_view(), name="fairness"),
    path(f"intakes/{ONE}/fairness/make/", fairness.FairnessMakeView.as_view(), name="fairness-make"),
    path("indicators/", indicators.IndicatorListView.as_view(), name="indicator-list"),
    path(
        f"programs/{ONE}/indicator-targets/",
        indicators.IndicatorTargetListView.as_view(),
        name="indicator-target-list",
    ),
    path("figures/", views.LatestFiguresView.as_view(), name="latest-figures"),
    path("figures/releases/", views.ReleaseListView.as_view(), name="release-list"),
    path(f"figures/{ONE}/tidy/", tidy.TidyView.as_view(), name="tidy-figures"),
    path(f"figures/{ONE}/", views.FiguresView.as_view(), name="figures"),
    path(
        f"figures/{ONE}/<slug:scope>/<slug:scope_key>/",
        views.ScopedFiguresView.as_view(),
        name="scoped-figures",
    ),
]
