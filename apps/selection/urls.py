from django.urls import path

from apps.selection.views.batches import (
    BatchConditionsView,
    BatchView,
    CorrectView,
    DecisionConditionsView,
    PrepareView,
)
from apps.selection.views.offers import (
    DecisionView,
    DeclineView,
    OfferActionView,
    OfferManageView,
    OffersView,
    OfferView,
)
from apps.selection.views.ranking import RankingView
from apps.selection.views.rule import RuleView
from apps.selection.views.waitlist import (
    EntryActionView,
    LeaveWaitlistView,
    WaitlistPlaceView,
    WaitlistView,
)

app_name = "selection"
urlpatterns = [
    path("offers/<uuid:public_id>/", OfferView.as_view(), name="offer-detail"),
    path("offers/<uuid:public_id>/decline/", DeclineView.as_view(), name="offer-decline"),
    path("offers/<uuid:public_id>/act/", OfferActionView.as_view(), name="offer-act"),
    path("offers/<uuid:public_id>/manage/", OfferManageView.as_view(), name="offer-manage"),
    path("decisions/<uuid:public_id>/", DecisionView.as_view(), name="decision-detail"),
    path("decisions/<uuid:public_id>/leave-waitlist/", LeaveWaitlistView.as_view(), name="waitlist-leave"),
    path("decisions/<uuid:public_id>/waitlist/", WaitlistPlaceView.as_view(), name="waitlist-place"),
    path("held/<int:decision_id>/conditions/", DecisionConditionsView.as_view(), name="decision-conditions"),
    path("corrections/<int:decision_id>/", CorrectView.as_view(), name="decision-correct"),
    path("batches/<uuid:public_id>/", BatchView.as_view(), name="batch-detail"),
    path("batches/<uuid:public_id>/conditions/", BatchConditionsView.as_view(), name="batch-conditions"),
    path("waitlist/<uuid:public_id>/act/", EntryActionView.as_view(), name="entry-act"),
    path("intakes/<uuid:public_id>/waitlist/", WaitlistView.as_view(), name="waitlist"),
    path("intakes/<uuid:public_id>/ranking/", RankingView.as_view(), name="ranking"),
    path("intakes/<uuid:public_id>/rule/", RuleView.as_view(), name="rule"),
    path("intakes/<uuid:public_id>/prepare/", PrepareView.as_view(), name="batch-prepare"),
    path("intakes/<uuid:public_id>/offers/", OffersView.as_view(), name="offer-list"),
]
