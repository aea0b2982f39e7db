"""Rows of the outbox by the ten thousand, in the shape of their columns instead of an object for each."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

#: The numbers of the rows come in the order of the events, so that listeners hear them in it.
_RECORDS = """
INSERT INTO events_eventrecord
    (name, subject_type, subject_id, payload, actor_user_id, actor_label, on_behalf_of)
SELECT e.name, e.subject_type, e.subject_id, e.payload, e.actor_user_id, e.actor_label, e.on_behalf_of
FROM unnest(%(name)s::text[], %(subject_type)s::text[], %(subject_id)s::bigint[], %(payload)s::text[]::jsonb[],
            %(actor_user_id)s::bigint[], %(actor_label)s::text[], %(on_behalf_of)s::bigint[])
    WITH ORDINALITY
    AS e(name, subject_type, subject_id, payload, actor_user_id, actor_label, on_behalf_of, place)
ORDER BY e.place
RETURNING id, name
"""
_DELIVERIES = """
INSERT INTO events_delivery (event_id, handler, attempts, last_error)
SELECT d.event_id, d.handler, 0, ''
FROM unnest(%s::bigint[], %s::text[]) WITH ORDINALITY AS d(event_id, handler, place)
ORDER BY d.place
"""


def write_records(rows: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    """The number and name of each record. The time is the database's own, one for all."""
    columns = {column: [row[column] for row in rows] for column in rows[0]}
    columns["payload"] = [json.dumps(payload) for payload in columns["payload"]]
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, columns)
        return list(cursor.fetchall())


def write_deliveries(rows: Sequence[tuple[int, str]]) -> None:
    """`rows` are events with the handlers that are to hear them."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DELIVERIES, [[event for event, _handler in rows], [handler for _event, handler in rows]]
        )
