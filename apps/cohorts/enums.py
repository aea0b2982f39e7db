from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class TrainerStatus(TextChoices):
    IN_TRAINING = "in_training", _("In training")
    CHECKOUT = "checkout", _("Practising")
    CERTIFIED = "certified", _("Certified")
    ACTIVE = "active", _("Certified and active")
    LAPSED = "lapsed", _("Lapsed")
    SUSPENDED = "suspended", _("Suspended")


_S = TrainerStatus
#: Active means a training held in the last twelve months.
TRAINER_LIFECYCLE = Lifecycle(
    {
        _S.IN_TRAINING: {_S.CHECKOUT, _S.LAPSED, _S.SUSPENDED},
        _S.CHECKOUT: {_S.CERTIFIED, _S.LAPSED, _S.SUSPENDED},
        _S.CERTIFIED: {_S.ACTIVE, _S.LAPSED, _S.SUSPENDED},
        _S.ACTIVE: {_S.CERTIFIED, _S.LAPSED, _S.SUSPENDED},
        _S.LAPSED: {_S.CHECKOUT, _S.CERTIFIED},
        _S.SUSPENDED: {_S.IN_TRAINING, _S.CHECKOUT, _S.CERTIFIED},
    }
)
#: Statuses in which a trainer may report onward trainings.
MAY_TRAIN = (_S.CERTIFIED, _S.ACTIVE)
#: Statuses in which practice steps are shown.
PRACTISING = (_S.IN_TRAINING, _S.CHECKOUT)
#: Colours of the tags; those not named are grey.
TRAINER_TONES: dict[str, str] = {
    _S.CHECKOUT: "yellow",
    _S.CERTIFIED: "",
    _S.ACTIVE: "green",
    _S.SUSPENDED: "red",
}
