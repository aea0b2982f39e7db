"""The words of a dashboard for what a release tells."""

TRIPLE = ("gender", "residence", "disability")
#: Those somebody may ask about, by their words.
ASKED = {
    "Rural women with disabilities": TRIPLE,
    "Women": ("gender",),
    "People from rural communities": ("residence",),
    "People with disabilities": ("disability",),
}
PAIRS = {
    "Rural women": ("gender", "residence"),
    "Women with disabilities": ("gender", "disability"),
    "Rural people with disabilities": ("residence", "disability"),
}
QUESTIONS = {"Gender": "gender", "Where people live": "residence", "Disability": "disability"}
GROUPS = {
    "Everyone": ("", ""),
    "Women": ("gender", "woman"),
    "Men or another term": ("gender", "other"),
    "Gender: No answer": ("gender", "not_stated"),
    "Men": ("gender", "man"),
    "Another term": ("gender", "another"),
    "Rural": ("residence", "rural"),
    "Town or city": ("residence", "other"),
    "Where people live: No answer": ("residence", "not_stated"),
    "Town": ("residence", "town"),
    "City": ("residence", "city"),
    "With a disability": ("disability", "yes"),
    "Without a disability": ("disability", "no"),
    "Disability: No answer": ("disability", "not_stated"),
    "Under 25 years": ("age", "under_25"),
    "25 years and over": ("age", "other"),
    "Age: Not answered": ("age", "not_stated"),
    "25 to 34 years": ("age", "25_34"),
    "35 years and over": ("age", "over_34"),
}
CHECKS = {
    "Disability by other cut-offs": {f"Meet cut-off SS{n}": ("sensitivity", f"ss{n}") for n in (1, 2, 3, 4)},
    "Where people live: contradictions": {
        "Own answer and place of living contradict each other": ("residence_conflict", "yes"),
        "Own answer and place of living agree": ("residence_conflict", "no"),
    },
}
KINDS = {
    "Scholarship": "scholarship",
    "Train-the-trainer cohort": "cohort",
    "Vocational course": "course",
}
BY_KIND = " by kind and quarter"
REASONS = {"gender": 2, "residence": 2, "disability": 3}
