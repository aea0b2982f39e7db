"""Keeping the cells beside the facts: in the statement that writes facts, whoever writes it.

The database does it, because facts also go with their person, and a rollup that missed one deletion would be
wrong for good. Cells are taken in the order of their key, so that two writers wait and do not deadlock.
"""

import pgtrigger

KEY = "intake_id, stage, quarter, country_code, gender, residence, disability, age"
#: The facts of a transition table as cells; one fact is in a cell for each stage it reached.
CELLS = """
SELECT f.intake_id, s.stage, date_trunc('quarter', s.day)::date AS quarter, f.country_code, f.gender,
       f.residence, f.disability,
       CASE WHEN f.age_band IN ('under_15', '15_17', '18_24') THEN 'under_25'
            WHEN f.age_band IN ('25_29', '30_34') THEN '25_34'
            WHEN f.age_band = 'missing' THEN 'missing' ELSE 'over_34' END AS age,
       count(*)::int AS n
FROM {rows} AS f
CROSS JOIN LATERAL (VALUES ('applied', f.applied_on), ('offered', f.offered_on),
                           ('enrolled', f.enrolled_on), ('completed', f.completed_on)) AS s (stage, day)
WHERE s.day IS NOT NULL
GROUP BY {key}
ORDER BY {key}
"""
ADD = """
INSERT INTO inclusion_participationcell AS c ({key}, n)
{cells}
ON CONFLICT ({key}) DO UPDATE SET n = c.n + EXCLUDED.n;
""".format(key=KEY, cells=CELLS.format(rows="new_facts", key=KEY).strip())
TAKE_AWAY = """
UPDATE inclusion_participationcell AS c SET n = c.n - g.n
FROM ({cells}) AS g
WHERE (c.intake_id, c.stage, c.quarter, c.country_code, c.gender, c.residence, c.disability, c.age)
    = (g.intake_id, g.stage, g.quarter, g.country_code, g.gender, g.residence, g.disability, g.age);
DELETE FROM inclusion_participationcell WHERE n = 0 AND intake_id IN (SELECT intake_id FROM old_facts);
""".format(cells=CELLS.format(rows="old_facts", key=KEY).strip())  # noqa: S608 (constants alone)


def _trigger(name: str, operation: pgtrigger.Operation, work: str, **tables: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"{work} RETURN NULL;",
    )


COUNTING = [
    _trigger("fact_counted", pgtrigger.Insert, ADD, new="new_facts"),
    _trigger("fact_uncounted", pgtrigger.Delete, TAKE_AWAY, old="old_facts"),
    _trigger("fact_counted_anew", pgtrigger.Update, TAKE_AWAY + ADD, old="old_facts", new="new_facts"),
]
