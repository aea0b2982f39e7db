from django.urls import path

from apps.selection.api import deciding, findings, looking, releasing, rule, views, workbench

ONE = "<uuid:public_id>"
INTAKE = f"intakes/{ONE}"
urlpatterns = [
    path("offers/", views.OfferListView.as_view(), name="offer-list"),
    path(f"offers/{ONE}/decline/", views.DeclineView.as_view(), name="offer-decline"),
    path(f"applications/{ONE}/decision/", looking.OwnDecisionView.as_view(), name="own-decision"),
    path(f"applications/{ONE}/decision/look/", looking.AskLookView.as_view(), name="look-ask"),
    path(
        f"applications/{ONE}/decision/look/withdraw/",
        looking.WithdrawLookView.as_view(),
        name="look-withdraw",
    ),
    path(f"applications/{ONE}/eligibility/", findings.OwnFindingView.as_view(), name="own-finding"),
    path(
        f"applications/{ONE}/eligibility/look/",
        findings.AskFindingLookView.as_view(),
        name="finding-look-ask",
    ),
    path(
        f"applications/{ONE}/eligibility/look/withdraw/",
        findings.WithdrawFindingLookView.as_view(),
        name="finding-look-withdraw",
    ),
    path("looks/", looking.LookListView.as_view(), name="look-list"),
    path(f"looks/{ONE}/", looking.LookView.as_view(), name="look"),
    path(f"looks/{ONE}/answer/", looking.AnswerLookView.as_view(), name="look-answer"),
    path(f"applications/run/{ONE}/feedback/", looking.FeedbackView.as_view(), name="decision-feedback"),
    path(f"applications/{ONE}/leave-waitlist/", views.LeaveWaitlistView.as_view(), name="waitlist-leave"),
    path(f"{INTAKE}/rule/", rule.RuleView.as_view(), name="selection-rule"),
    path(f"{INTAKE}/rule/lock/", rule.RuleLockView.as_view(), name="selection-rule-lock"),
    path(f"{INTAKE}/rule/change/", rule.RuleChangeView.as_view(), name="selection-rule-change"),
    path(f"rule-changes/{ONE}/decide/", rule.RuleDecideView.as_view(), name="selection-rule-decide"),
    path(f"{INTAKE}/scenarios/", workbench.ScenariosView.as_view(), name="scenario-list"),
    path(f"scenarios/{ONE}/", workbench.ScenarioView.as_view(), name="scenario"),
    path(f"scenarios/{ONE}/freeze/", workbench.FreezeView.as_view(), name="scenario-freeze"),
    path(f"choices/{ONE}/", workbench.FrozenView.as_view(), name="frozen-choice"),
    path(f"{INTAKE}/overrides/", workbench.OverridesView.as_view(), name="override-list"),
    path(f"applications/run/{ONE}/override/end/", workbench.OverrideEndView.as_view(), name="override-end"),
    path(f"{INTAKE}/ranking/", deciding.RankingView.as_view(), name="ranking"),
    path(f"{INTAKE}/hold/", deciding.HoldView.as_view(), name="decisions-hold"),
    path(f"{INTAKE}/decisions/", deciding.DecisionListView.as_view(), name="decision-list"),
    path(f"applications/run/{ONE}/correct/", deciding.CorrectView.as_view(), name="decision-correct"),
    path(f"{INTAKE}/batches/", releasing.BatchListView.as_view(), name="batch-list"),
    path(f"batches/{ONE}/", releasing.BatchView.as_view(), name="batch"),
    path(f"batches/{ONE}/decisions/", releasing.BatchDecisionsView.as_view(), name="batch-decisions"),
    path(f"batches/{ONE}/release/", releasing.BatchReleaseView.as_view(), name="batch-release"),
    path(f"batches/{ONE}/cancel/", releasing.BatchCancelView.as_view(), name="batch-cancel"),
    path(f"{INTAKE}/offers/", releasing.IntakeOffersView.as_view(), name="intake-offers"),
    path(f"offers/run/{ONE}/called/", releasing.OfferCalledView.as_view(), name="offer-called"),
    path(f"offers/run/{ONE}/rescind/", releasing.OfferRescindView.as_view(), name="offer-rescind"),
    path(f"{INTAKE}/waitlist/", releasing.WaitlistView.as_view(), name="waitlist"),
    path(f"batches/{ONE}/preview/", releasing.BatchPreviewView.as_view(), name="batch-preview"),
    path(f"batches/{ONE}/conditions/", releasing.BatchConditionsView.as_view(), name="batch-conditions"),
    path(
        f"applications/run/{ONE}/conditions/",
        releasing.DecisionConditionsView.as_view(),
        name="decision-conditions",
    ),
    path(
        f"offers/run/{ONE}/conditions/<int:condition>/",
        releasing.ConditionSettleView.as_view(),
        name="condition-settle",
    ),
    path(f"{INTAKE}/waitlist/close/", releasing.WaitlistCloseView.as_view(), name="waitlist-close"),
    path(f"{INTAKE}/waitlist/fill/", releasing.WaitlistFillView.as_view(), name="waitlist-fill"),
    path(
        "waitlist/<uuid:application__public_id>/skip/", releasing.EntrySkipView.as_view(), name="entry-skip"
    ),
    path(
        "waitlist/<uuid:application__public_id>/back/", releasing.EntryBackView.as_view(), name="entry-back"
    ),
    path(f"applications/{ONE}/waitlist/", views.OwnPlaceView.as_view(), name="own-place"),
]
