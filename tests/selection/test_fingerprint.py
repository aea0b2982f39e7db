"""Equal content has one mark, whatever its spelling."""

from decimal import Decimal

from apps.selection.rules.fingerprint import fingerprint


def test_the_order_of_keys_does_not_matter_and_every_value_does() -> None:
    one = {"floor": "50.000", "seats": 2, "criteria": [{"title": "Readiness", "weight": "50.00"}]}
    other = {"criteria": [{"weight": "50.00", "title": "Readiness"}], "seats": 2, "floor": "50.000"}

    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint({**one, "seats": 3})
    assert fingerprint({"floor": Decimal("50.0")}) == fingerprint({"floor": "50.0"})
