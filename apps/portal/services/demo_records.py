"""Records of a sample program that ran before, in all eleven states: a funder of the demo finds shares, ranges and a
map to read. Nobody in them is real. They come in by the importer, as anybody's records do.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO
from random import Random

from apps.accounts.models import Organisation
from apps.core.actors import IMPORTER
from apps.portal.services.demo_content import HOUSE
from apps.records.enums import ImportStatus
from apps.records.models import ImportRun
from apps.records.selectors import mapping_named
from apps.records.services.importing import import_file

FILE = "provincial-ai-scholarships-sample.csv"
PROGRAM = {
    "kind": "scholarship",
    "program": "provincial-ai-scholarships",
    "program title": "Provincial AI scholarships (sample)",
}
#: Made up, as all of it: of each state the percent of rural people, of each intake that of women, and of all who have a
#: disability and who leave a question open.
RURAL = {
    "BN": 22, "ID": 41, "KH": 55, "LA": 58, "MM": 48, "MY": 27, "PH": 39, "SG": 4, "TH": 44, "TL": 57, "VN": 46,
}  # fmt: skip
WOMEN, DISABLED, SILENT = (41, 45, 49, 52), 12, 5
#: People of each state in each of four intakes, one a quarter, the last one in the quarter that ended last.
EACH, DAYS = 50, 80


def import_sample_records(*, today: date) -> None:
    """Once: a start that was interrupted may have imported them on another day. Raises RuntimeError when the importer
    refuses them, so that a demo without them does not pass for a whole one.
    """
    if ImportRun.objects.filter(file_name=FILE, status=ImportStatus.IMPORTED).exists():
        return
    run = import_file(
        mapping=mapping_named("participants"),
        packed=BytesIO(_file(today).encode()),
        file_name=FILE,
        organisation=Organisation.objects.get(name=HOUSE),
        actor=IMPORTER,
    )
    if run.status == ImportStatus.REFUSED:
        raise RuntimeError(f"{FILE} was refused: {run.fault_in_words}")


def _file(today: date) -> str:
    rows = list(_rows(today))
    text = StringIO()
    table = csv.DictWriter(text, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _rows(today: date) -> Iterator[dict[str, object]]:
    """The same people every time."""
    chance, number = Random(2026), 0  # noqa: S311  sample people
    for place, starts_on in enumerate(_starts(today)):
        for country, rural in RURAL.items():
            for _person in range(EACH):
                number += 1
                about = _about(chance, WOMEN[place], rural)
                yield {
                    **PROGRAM,
                    "intake": f"sample-{place + 1}",
                    "intake title": f"Sample intake {place + 1}",
                    "intake starts on": starts_on,
                    "intake ends on": starts_on + timedelta(days=DAYS),
                    "person": f"sample-{number}",
                    "country": country,
                    **about,
                    **_way(chance, about, starts_on),
                }


def _starts(today: date) -> Iterator[date]:
    """The tenth day of each of the four quarters before this one."""
    this = today.year * 4 + (today.month - 1) // 3
    for quarter in range(this - 4, this):
        yield date(quarter // 4, quarter % 4 * 3 + 1, 10)


def _about(chance: Random, women: int, rural: int) -> dict[str, str]:
    def told(answer: str) -> str:
        return answer if chance.random() * 100 >= SILENT else chance.choice(["", "not_said"])

    def holds(percent: int) -> bool:
        return chance.random() * 100 < percent

    return {
        "gender": told("woman" if holds(women) else "man"),
        "residence": told("rural" if holds(rural) else chance.choice(["town", "city", "city"])),
        "disability": told("yes" if holds(DISABLED) else "no"),
    }


def _way(chance: Random, about: dict[str, str], starts_on: date) -> dict[str, object]:
    """Rural women and people with disabilities of the sample drop out more often: there is something to find."""
    is_rural_woman = about["gender"] == "woman" and about["residence"] == "rural"
    goes_on = chance.random() < 0.84 - 0.14 * is_rural_woman - 0.12 * (about["disability"] == "yes")
    ends_on = starts_on + timedelta(days=DAYS if goes_on else 30)
    return {
        "outcome": "completed" if goes_on else "withdrawn",
        "started on": starts_on,
        "completed on": ends_on if goes_on else "",
        "withdrawn on": "" if goes_on else ends_on,
    }
