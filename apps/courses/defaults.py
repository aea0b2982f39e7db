"""What a new course intake starts with; coordinators change both.

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
            "key": "this-course",
            "title": {"en": "You and this course"},
            "questions": [
                {
                    "key": "why",
                    "kind": "long_text",
                    "label": {"en": "Why do you want to take this course?"},
                    "hint": {"en": "Plain words are best. About 150 words."},
                    "required": True,
                    "most_words": 300,
                },
                {
                    "key": "computer",
                    "kind": "one_choice",
                    "label": {"en": "What will you use to learn?"},
                    "required": True,
                    "options": [
                        {"value": "computer", "label": {"en": "A computer of my own"}},
                        {"value": "shared", "label": {"en": "A shared computer"}},
                        {"value": "phone", "label": {"en": "A phone"}},
                        {"value": "none", "label": {"en": "I have neither"}},
                    ],
                },
            ],
        },
        {
            "key": "documents",
            "title": {"en": "Documents"},
            "questions": [
                {
                    "key": "certificate",
                    "kind": "document",
                    "label": {"en": "A school or training certificate, if you have one"},
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
        "title": {"en": "Reason for learning"},
        "question": {"en": "Does the applicant say what they will do with the skill?"},
        "anchors": {
            "1": {"en": "No reason is given."},
            "3": {"en": "A general reason."},
            "5": {"en": "A concrete use at work or at home."},
        },
        "weight": Decimal(60),
        "highest": 5,
    },
    {
        "title": {"en": "Readiness"},
        "question": {"en": "Can the applicant follow the course with the time and tools they have?"},
        "anchors": {
            "1": {"en": "Important things are missing."},
            "3": {"en": "Possible with some support."},
            "5": {"en": "Ready to start."},
        },
        "weight": Decimal(40),
        "highest": 5,
    },
]
