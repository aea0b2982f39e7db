"""A test with real transactions leaves nothing behind for the next one."""

import pytest
from django.db import connection

from tests.access.world import build
from tests.conftest import LEFT


def tables_with_rows() -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT EXISTS (SELECT FROM {connection.ops.quote_name(table)})")
            found |= {table} if cursor.fetchone()[0] else set()
    return found - LEFT - {"django_migrations"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_writes_the_next_does_not_find(turn: str, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    assert tables_with_rows() == set()

    build()

    assert len(tables_with_rows()) > 50
