"""An activity as XML, its elements in the one order the schema allows.

The order stands in `_parts` and in what it calls. A trap of 2.03: a baseline takes documents before its
comment, a target or actual after it; none has documents here, so that one order serves all three.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from apps.inclusion.exports.iati.activity import (
    Activity,
    Baseline,
    Defaults,
    Indicator,
    Location,
    Observation,
    Organisation,
    Result,
    Texts,
)

VERSION, LANGUAGE = "2.03", "en"
#: Ours → ISO 639-1, which the standard's list of languages is made of. Tetum has no code of two letters.
LANGUAGES = {"fil": "tl", "zh-hans": "zh", "tet": ""}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Codes: vocabularies OECD DAC 1, SDG targets 3 (tags), GeoNames G1, ISO countries A4, our own indicators 99.
DAC, SDG_TARGETS, GEONAMES, ISO_COUNTRY, OWN = "1", "3", "G1", "A4", "99"
PERCENTAGE = "2"
#: Where those who benefit live; approximately; an administrative region.
BENEFICIARIES, APPROXIMATE, ADMINISTRATIVE = "2", "2", "1"
#: Signs that XML 1.0 cannot hold, however they are written.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RESULTS_CATEGORY, GENERAL_CONTACT = "A08", "1"


def file_lines(activities: Iterable[Activity], generated: datetime) -> Iterator[str]:
    """The file, activity by activity: memory holds one of them."""
    moment = generated.isoformat(timespec="seconds")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<iati-activities version="{VERSION}" generated-datetime="{moment}">\n'
    for activity in activities:
        yield tostring(activity_element(activity), encoding="unicode") + "\n"
    yield "</iati-activities>\n"


def activity_element(activity: Activity) -> Element:
    attributes = {
        XML_LANG: LANGUAGE,
        "last-updated-datetime": activity.last_updated.isoformat(timespec="seconds"),
        "hierarchy": "1",
    }
    if activity.defaults.currency:
        attributes["default-currency"] = activity.defaults.currency
    root = Element("iati-activity", attributes)
    root.extend(_parts(activity))
    return root


def _parts(activity: Activity) -> Iterator[Element]:
    yield _text("iati-identifier", activity.identifier)
    yield _organisation("reporting-org", activity.reporting, {"secondary-reporter": "0"})
    yield _texts("title", activity.title)
    yield _texts("description", activity.description, {"type": "1"})
    for each in activity.participants:
        yield _organisation("participating-org", each.organisation, {"role": each.role})
    yield _coded("activity-status", activity.status)
    for day in activity.dates:
        yield Element("activity-date", {"type": day.type, "iso-date": day.day.isoformat()})
    yield from _where(activity)
    yield from _what_for(activity)
    yield from _defaults(activity.defaults)
    if activity.results_page:
        yield _results_page(activity.results_page)
    yield from (_result(each, activity) for each in activity.results)


def _where(activity: Activity) -> Iterator[Element]:
    if activity.email:
        contact = Element("contact-info", {"type": GENERAL_CONTACT})
        contact.append(_text("email", activity.email))
        yield contact
    if activity.scope:
        yield _coded("activity-scope", activity.scope)
    if activity.country:
        yield Element("recipient-country", {"code": activity.country, "percentage": "100"})
    elif activity.region:
        yield Element("recipient-region", {"vocabulary": DAC, "code": activity.region, "percentage": "100"})
    if activity.location:
        yield _location(activity.location)


def _location(place: Location) -> Element:
    element = Element("location", {"ref": place.ref})
    element.append(_coded("location-reach", BENEFICIARIES))
    SubElement(element, "location-id", {"vocabulary": GEONAMES, "code": place.geonames_id})
    element.append(_texts("name", {LANGUAGE: place.name}))
    if place.country:
        SubElement(
            element, "administrative", {"vocabulary": ISO_COUNTRY, "level": "0", "code": place.country}
        )
    element.append(_coded("exactness", APPROXIMATE))
    element.append(_coded("location-class", ADMINISTRATIVE))
    return element


def _what_for(activity: Activity) -> Iterator[Element]:
    for sector in activity.sectors:
        yield Element("sector", {"vocabulary": sector.vocabulary, "code": sector.code, "percentage": "100"})
    if activity.tag:
        code, words = activity.tag
        yield _texts("tag", {LANGUAGE: words}, {"vocabulary": SDG_TARGETS, "code": code})
    for marker in activity.markers:
        attributes = {"vocabulary": DAC, "code": marker.code, "significance": marker.significance}
        yield Element("policy-marker", attributes)


def _defaults(known: Defaults) -> Iterator[Element]:
    if known.collaboration_type:
        yield _coded("collaboration-type", known.collaboration_type)
    if known.flow_type:
        yield _coded("default-flow-type", known.flow_type)
    if known.finance_type:
        yield _coded("default-finance-type", known.finance_type)
    if known.aid_type:
        yield Element("default-aid-type", {"code": known.aid_type, "vocabulary": DAC})
    if known.tied_status:
        yield _coded("default-tied-status", known.tied_status)


def _results_page(url: str) -> Element:
    element = Element("document-link", {"url": url, "format": "text/html"})
    element.append(_texts("title", {LANGUAGE: "Results"}))
    element.append(_coded("category", RESULTS_CATEGORY))
    element.append(_coded("language", LANGUAGE))
    return element


def _result(result: Result, activity: Activity) -> Element:
    """Counts may be added up over groups that do not overlap; shares may not."""
    adds_up = "0" if any(each.measure == PERCENTAGE for each in result.indicators) else "1"
    element = Element("result", {"type": result.type, "aggregation-status": adds_up})
    element.append(_texts("title", {LANGUAGE: result.title}))
    element.extend(_indicator(each, activity) for each in result.indicators)
    return element


def _indicator(indicator: Indicator, activity: Activity) -> Element:
    adds_up = "0" if indicator.measure == PERCENTAGE else "1"
    attributes = {"measure": indicator.measure, "ascending": "1", "aggregation-status": adds_up}
    element = Element("indicator", attributes)
    element.append(_texts("title", {LANGUAGE: indicator.title}))
    element.append(_texts("description", {LANGUAGE: indicator.description}))
    reference = {"vocabulary": OWN, "code": indicator.code}
    if indicator.uri:
        reference["indicator-uri"] = indicator.uri
    SubElement(element, "reference", reference)
    element.extend(_baseline(each) for each in indicator.baselines)
    start, end = activity.period
    if indicator.targets or indicator.actuals:
        element.append(_period(start, end, indicator.targets, indicator.actuals))
    element.extend(_period(start, each.end, each.targets) for each in indicator.ahead)
    return element


def _period(
    start: date, end: date, targets: Iterable[Observation], actuals: Iterable[Observation] = ()
) -> Element:
    element = Element("period")
    SubElement(element, "period-start", {"iso-date": start.isoformat()})
    SubElement(element, "period-end", {"iso-date": end.isoformat()})
    element.extend(_observation("target", each) for each in targets)
    element.extend(_observation("actual", each) for each in actuals)
    return element


def _baseline(known: Baseline) -> Element:
    day = known.day
    attributes = {"year": str(day.year), "iso-date": day.isoformat(), "value": known.value}
    return _disaggregated(Element("baseline", attributes), known)


def _observation(name: str, told: Observation) -> Element:
    return _disaggregated(Element(name, {"value": told.value}), told)


def _disaggregated(element: Element, told: Observation | Baseline) -> Element:
    if told.location:
        SubElement(element, "location", {"ref": told.location})
    for dimension in told.dimensions:
        SubElement(element, "dimension", {"name": dimension.name, "value": dimension.value})
    if told.comment:
        element.append(_texts("comment", {LANGUAGE: told.comment}))
    return element


def _coded(name: str, code: str) -> Element:
    return Element(name, {"code": code})


def _text(name: str, text: str) -> Element:
    element = Element(name)
    element.text = FORBIDDEN.sub("", text)
    return element


def _texts(name: str, texts: Texts, attributes: dict[str, str] | None = None) -> Element:
    """A narrative for each language the standard has a code for; English is the activity's own."""
    element = Element(name, attributes or {})
    for code, text in sorted(texts.items(), key=lambda item: (item[0] != LANGUAGE, item[0])):
        language = LANGUAGES.get(code, code)
        if text and language:
            element.append(_text("narrative", text))
            if language != LANGUAGE:
                element[-1].set(XML_LANG, language)
    return element


def _organisation(name: str, known: Organisation, attributes: dict[str, str]) -> Element:
    codes = {key: value for key, value in (("ref", known.ref), ("type", known.type)) if value}
    return _texts(name, {LANGUAGE: known.name}, {**attributes, **codes})
