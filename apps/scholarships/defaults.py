"""What a new scholarship intake starts with; coordinators change both.

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
                    "hint": {"en": "As on your identity document. One name is fine."},
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
            "key": "your-studies",
            "title": {"en": "Your studies"},
            "questions": [
                {
                    "key": "place-of-study",
                    "kind": "text",
                    "label": {"en": "Where do you study, or where will you study?"},
                    "required": True,
                    "most_characters": 200,
                },
                {
                    "key": "field",
                    "kind": "text",
                    "label": {"en": "What do you study?"},
                    "required": True,
                    "most_characters": 200,
                },
                {
                    "key": "plan",
                    "kind": "long_text",
                    "label": {"en": "What do you want to learn, and what will you do with it?"},
                    "hint": {"en": "Plain words are best. About 300 words."},
                    "required": True,
                    "most_words": 500,
                },
                {
                    "key": "need",
                    "kind": "long_text",
                    "label": {"en": "Why do you need this scholarship?"},
                    "required": True,
                    "most_words": 300,
                },
            ],
        },
        {
            "key": "documents",
            "title": {"en": "Documents"},
            "questions": [
                {
                    "key": "transcript",
                    "kind": "document",
                    "label": {"en": "Your latest school or university results"},
                    "hint": {"en": "A PDF or a photo."},
                    "hidden_from_reviewers": True,
                    "required": True,
                },
            ],
        },
    ]
}

CRITERIA: list[dict[str, Any]] = [
    {
        "title": {"en": "Learning plan"},
        "question": {"en": "Is the plan clear, and can it be reached in the time given?"},
        "anchors": {
            "1": {"en": "No plan can be seen."},
            "3": {"en": "A plan with some gaps."},
            "5": {"en": "A clear plan with steps that fit the time."},
        },
        "weight": Decimal(40),
        "highest": 5,
    },
    {
        "title": {"en": "Use for others"},
        "question": {"en": "Will the community gain from what the applicant learns?"},
        "anchors": {
            "1": {"en": "No use for others is named."},
            "3": {"en": "A use is named in general words."},
            "5": {"en": "A concrete use for people the applicant knows."},
        },
        "weight": Decimal(30),
        "highest": 5,
    },
    {
        "title": {"en": "Need"},
        "question": {"en": "How much would the scholarship change what is possible?"},
        "anchors": {
            "1": {"en": "The studies would go on as before."},
            "3": {"en": "The studies would be easier."},
            "5": {"en": "Without it the studies cannot happen."},
        },
        "weight": Decimal(30),
        "highest": 5,
    },
]
