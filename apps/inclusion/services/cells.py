"""The rollup of the facts: how many are alike, so that a release need not read every fact."""

from collections.abc import Sequence

from django.db import connection, transaction

from apps.core.actors import Actor
from apps.inclusion.models import ParticipationCell

COUNT = """
INSERT INTO inclusion_participationcell
       (intake_id, stage, quarter, country_code, gender, residence, disability, age, n)
SELECT f.intake_id, s.stage, date_trunc('quarter', s.day)::date, f.country_code, f.gender, f.residence,
       f.disability,
       CASE WHEN f.age_band IN ('under_15', '15_17', '18_24') THEN 'under_25'
            WHEN f.age_band IN ('25_29', '30_34') THEN '25_34'
            WHEN f.age_band = 'missing' THEN 'missing' ELSE 'over_34' END,
       count(*)
FROM inclusion_participationfact AS f
CROSS JOIN LATERAL (VALUES ('applied', f.applied_on), ('offered', f.offered_on),
                           ('enrolled', f.enrolled_on), ('completed', f.completed_on)) AS s (stage, day)
WHERE s.day IS NOT NULL AND f.intake_id = ANY(%s)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""


@transaction.atomic
def rebuild_cells(*, intake_ids: Sequence[int], actor: Actor) -> None:
    """Count the facts of some intakes anew. The caller holds the intakes' locks."""
    ParticipationCell.objects.filter(intake__in=intake_ids).delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [list(intake_ids)])
