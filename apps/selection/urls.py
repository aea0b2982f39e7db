from django.urls import path

from apps.selection.views.batches import (
    BatchConditionsView,
    BatchView,
    CorrectView,
    DecisionConditionsView,
    PrepareView,
)
from apps.selection.views.explaining import DecisionView, HeldDecisionView
from apps.selection.views.frozen import FrozenRecordView, FrozenView
from apps.selection.views.looks import (
    AskLookView,
    LookListView,
    LookView,
    WithdrawFindingLookView,
    WithdrawLookView,
)
from apps.selection.views.offers import (
    DeclineView,
    OfferActionView,
    OfferManageView,
    OffersView,
    OfferView,
)
from apps.selection.views.ranking import RankingView
from apps.selection.views.rule import HowWeDecideView, RuleChangeView, RuleDecideView, RuleView
from apps.selection.views.waitlist import (
    EntryActionView,
    LeaveWaitlistView,
    WaitlistPlaceView,
    WaitlistView,
)
from apps.selection.views.workbench import (
    EndOverrideView,
    FreezeView,
    OverrideView,
    ScenarioProgressView,
    WorkbenchView,
)

app_name = "selection"
urlpatterns = [
    path("offers/<uuid:public_id>/", OfferView.as_view(), name="offer-detail"),
    path("offers/<uuid:public_id>/decline/", DeclineView.as_view(), name="offer-decline"),
    path("offers/<uuid:public_id>/act/", OfferActionView.as_view(), name="offer-act"),
    path("offers/<uuid:public_id>/manage/", OfferManageView.as_view(), name="offer-manage"),
    path("decisions/<uuid:public_id>/", DecisionView.as_view(), name="decision-detail"),
    path("decisions/<uuid:public_id>/look/", AskLookView.as_view(), name="look-ask"),
    path("decisions/<uuid:public_id>/look/withdraw/", WithdrawLookView.as_view(), name="look-withdraw"),
    path("held-decisions/<int:decision_id>/", HeldDecisionView.as_view(), name="decision-held"),
    path(
        "eligibility/<uuid:public_id>/look/withdraw/",
        WithdrawFindingLookView.as_view(),
        name="finding-look-withdraw",
    ),
    path("looks/", LookListView.as_view(), name="look-list"),
    path("looks/<uuid:public_id>/", LookView.as_view(), name="look-detail"),
    path("decisions/<uuid:public_id>/leave-waitlist/", LeaveWaitlistView.as_view(), name="waitlist-leave"),
    path("decisions/<uuid:public_id>/waitlist/", WaitlistPlaceView.as_view(), name="waitlist-place"),
    path("held/<int:decision_id>/conditions/", DecisionConditionsView.as_view(), name="decision-conditions"),
    path("corrections/<int:decision_id>/", CorrectView.as_view(), name="decision-correct"),
    path("batches/<uuid:public_id>/", BatchView.as_view(), name="batch-detail"),
    path("batches/<uuid:public_id>/conditions/", BatchConditionsView.as_view(), name="batch-conditions"),
    path("waitlist/<uuid:public_id>/act/", EntryActionView.as_view(), name="entry-act"),
    path("intakes/<uuid:public_id>/waitlist/", WaitlistView.as_view(), name="waitlist"),
    path("intakes/<uuid:public_id>/ranking/", RankingView.as_view(), name="ranking"),
    path("intakes/<uuid:public_id>/workbench/", WorkbenchView.as_view(), name="workbench"),
    path("intakes/<uuid:public_id>/override/", OverrideView.as_view(), name="override"),
    path("overrides/<int:override_id>/end/", EndOverrideView.as_view(), name="override-end"),
    path("scenarios/<uuid:public_id>/progress/", ScenarioProgressView.as_view(), name="scenario-progress"),
    path("scenarios/<uuid:public_id>/freeze/", FreezeView.as_view(), name="freeze"),
    path("choices/<uuid:public_id>/", FrozenView.as_view(), name="frozen"),
    path("choices/<uuid:public_id>/record/", FrozenRecordView.as_view(), name="frozen-record"),
    path("intakes/<uuid:public_id>/rule/", RuleView.as_view(), name="rule"),
    path("intakes/<uuid:public_id>/rule/change/", RuleChangeView.as_view(), name="rule-change"),
    path("rule-changes/<uuid:public_id>/", RuleDecideView.as_view(), name="rule-decide"),
    path("<slug:program>/<slug:intake>/how-we-decide/", HowWeDecideView.as_view(), name="how-we-decide"),
    path("intakes/<uuid:public_id>/prepare/", PrepareView.as_view(), name="batch-prepare"),
    path("intakes/<uuid:public_id>/offers/", OffersView.as_view(), name="offer-list"),
]
