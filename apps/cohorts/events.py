from apps.events.registry import event


@event(subject="trainer_id")
class PracticePlanned:
    trainer_id: int
    enrolment_id: int


@event(subject="trainer_id")
class PracticeStepDone:
    trainer_id: int
    task_id: int


@event(subject="trainer_id")
class TrainerCertified:
    trainer_id: int


@event(subject="trainer_id")
class TrainerMoved:
    trainer_id: int
    before: str
    after: str
    reason: str = ""


@event(subject="training_id")
class OnwardTrainingReported:
    training_id: int
    trainer_id: int
