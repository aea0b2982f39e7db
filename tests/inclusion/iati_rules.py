"""Rules of the IATI Standard that no schema can say (IATI-Rulesets 2.03, standard.json), for activities we write."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from lxml import etree

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def broken_rules(root: etree._Element, today: date) -> list[str]:
    found = [rule for activity in root.iterfind("iati-activity") for rule in _broken(activity, today)]
    identifiers = Counter(root.xpath("//iati-identifier/text()"))
    return found + [f"{each} twice" for each, number in identifiers.items() if number > 1]


def _broken(activity: etree._Element, today: date) -> Iterator[str]:
    yield from _identifiers(activity)
    yield from _dates(activity, today)
    yield from _percentages(activity)
    yield from _results(activity)
    for each in activity.iter("narrative"):
        if not (each.text or "").strip():
            yield f"empty narrative in {each.getparent().tag}"
        if each.get(LANG) and not re.fullmatch("[a-z]{2}", each.get(LANG)):
            yield f"no language of two letters: {each.get(LANG)}"


def _identifiers(activity: etree._Element) -> Iterator[str]:
    identifier, publisher = activity.findtext("iati-identifier"), activity.find("reporting-org").get("ref")
    if not identifier.startswith(f"{publisher}-") or identifier == publisher:
        yield "an identifier begins with the publisher's and goes on"
    for text in [identifier, *activity.xpath("*/@ref[parent::reporting-org or parent::participating-org]")]:
        if re.search(r"[/&|?\s]", text):
            yield f"signs no identifier may hold: {text}"
    for each in activity.iterfind("participating-org"):
        if not each.get("ref") and each.find("narrative") is None:
            yield "an organisation without name and identifier"


def _dates(activity: etree._Element, today: date) -> Iterator[str]:
    days = {
        each.get("type"): date.fromisoformat(each.get("iso-date"))
        for each in activity.iterfind("activity-date")
    }
    if not days.keys() & {"1", "2"}:
        yield "no start"
    if any(days.get(actual, today) > today for actual in ("2", "4")):
        yield "an actual date in the future"
    starts, ends = (
        [days[each] for each in "12" if each in days],
        [days[each] for each in "34" if each in days],
    )
    if any(start > end for start in starts for end in ends):
        yield "ends before it starts"
    if date.fromisoformat(activity.get("last-updated-datetime")[:10]) > today:
        yield "updated in the future"


def _percentages(activity: etree._Element) -> Iterator[str]:
    """Of each vocabulary sectors sum to 100; so do countries and regions together."""
    sectors: Counter[str] = Counter()
    for each in activity.iterfind("sector"):
        sectors[each.get("vocabulary")] += float(each.get("percentage"))
    where = [float(each.get("percentage")) for each in activity.xpath("recipient-country|recipient-region")]
    if not sectors or set(sectors.values()) != {100.0}:
        yield f"sectors sum to {sectors}"
    if sum(where) != 100:
        yield f"countries sum to {sum(where)}"
    for each in activity.iterfind("policy-marker[@vocabulary='1']"):
        if each.get("significance") not in ("0", "1", "2"):
            yield "a marker without significance"


def _results(activity: etree._Element) -> Iterator[str]:
    places = {each.get("ref") for each in activity.iterfind("location")}
    for each in activity.xpath(".//result//location/@ref"):
        if each not in places:
            yield f"a result refers to {each}, which is no place of the activity"
    for each in activity.xpath(".//baseline|.//target|.//actual"):
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", each.get("value") or ""):
            yield f"{each.tag} has no number: {each.get('value')}"
    for each in activity.iterfind("result"):
        if each.find("reference") is not None and each.find("indicator/reference") is not None:
            yield "a reference at the result and at its indicator"
    for each in activity.iter("period"):
        if each.find("period-start").get("iso-date") > each.find("period-end").get("iso-date"):
            yield "a period ends before it starts"
    for each in activity.iter("period"):
        told = [
            frozenset((part.get("name"), part.get("value")) for part in actual.iterfind("dimension"))
            for actual in each.iterfind("actual")
        ]
        if len(told) != len(set(told)):
            yield "one group told twice"
