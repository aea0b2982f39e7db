"""What a new cohort intake starts with; coordinators change both.

What would tell a reviewer who somebody is stays hidden from them.
"""

from decimal import Decimal
from typing import Any

FORM: dict[str, Any] = {
    "sections": [
        {
            "key": "about-you",
            "title": {"en": "About you"},
            "questions": [
                {
                    "key": "full-name",
                    "kind": "text",
                    "label": {"en": "Full name"},
                    "hint": {"en": "As you want it on the certificate. One name is fine."},
                    "hidden_from_reviewers": True,
                    "required": True,
                    "most_characters": 200,
                },
                {
                    "key": "latin-name",
                    "kind": "text",
                    "label": {"en": "Name in Latin letters"},
                    "hint": {"en": "Only if a document of yours shows it so, such as a passport."},
                    "hidden_from_reviewers": True,
                    "required": False,
                    "most_characters": 200,
                },
                {
                    "key": "phone",
                    "kind": "text",
                    "label": {"en": "Phone number"},
                    "hint": {"en": "With the country code, for example +66 81 234 5678."},
                    "hidden_from_reviewers": True,
                    "required": False,
                    "most_characters": 30,
                },
                {
                    "key": "country",
                    "kind": "country",
                    "label": {"en": "Country you live in"},
                    "required": True,
                },
            ],
        },
        {
            "key": "teaching",
            "title": {"en": "You as a trainer"},
            "questions": [
                {
                    "key": "experience",
                    "kind": "long_text",
                    "label": {"en": "Whom have you taught or helped to learn, and how?"},
                    "hint": {"en": "Teaching family or neighbours counts. About 150 words."},
                    "required": True,
                    "most_words": 300,
                },
                {
                    "key": "whom",
                    "kind": "long_text",
                    "label": {"en": "Whom will you train afterwards, and where?"},
                    "required": True,
                    "most_words": 300,
                },
                {
                    "key": "people-a-year",
                    "kind": "number",
                    "label": {"en": "How many people can you train in the first year?"},
                    "required": True,
                },
            ],
        },
        {
            "key": "documents",
            "title": {"en": "Documents"},
            "questions": [
                {
                    "key": "support-letter",
                    "kind": "document",
                    "label": {"en": "A letter from the place where you will train, if you have one"},
                    "hint": {"en": "A PDF or a photo."},
                    "hidden_from_reviewers": True,
                    "required": False,
                },
            ],
        },
    ]
}

CRITERIA: list[dict[str, Any]] = [
    {
        "title": {"en": "Experience of teaching"},
        "question": {"en": "Has the applicant helped others to learn?"},
        "anchors": {
            "1": {"en": "No example."},
            "3": {"en": "One example."},
            "5": {"en": "Several examples, with what was learnt."},
        },
        "weight": Decimal(35),
        "highest": 5,
    },
    {
        "title": {"en": "Whom they will reach"},
        "question": {"en": "Is it clear who will be trained afterwards, and where?"},
        "anchors": {
            "1": {"en": "Nobody is named."},
            "3": {"en": "A group is named."},
            "5": {"en": "A group, a place and a host are named."},
        },
        "weight": Decimal(45),
        "highest": 5,
    },
    {
        "title": {"en": "Likely to go on"},
        "question": {"en": "Will the applicant still train others after a year?"},
        "anchors": {
            "1": {"en": "Nothing speaks for it."},
            "3": {"en": "It may happen."},
            "5": {"en": "Work or a host makes it likely."},
        },
        "weight": Decimal(20),
        "highest": 5,
    },
]
