"""Eight newcomers at once, each from the program page to the reference number, over HTTP."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from django.core.cache import cache
from django.db import connections
from django.urls import reverse

from apps.notifications.models import Message
from apps.programs.models import Intake
from tests.bench.measure import Cost, Row
from tests.bench.site import Site, running_site
from tests.bench.visitor import Visitor

CLIENTS, FLOWS = 8, 200
people = count()


def one_applicant(site: Site, intake: Intake) -> list[float]:
    """Every request a newcomer makes, the mailed code included; the seconds each one took."""
    visitor = Visitor(site.address)
    program = [intake.program.slug, intake.slug]
    visitor.get(reverse("programs:program-detail", args=program))
    visitor.fetch_what_it_names()
    visitor.get(reverse("programs:eligibility", args=program))
    visitor.send("english", english="yes")
    visitor.send(reverse("applications:start", args=[intake.public_id]))
    draft = visitor.path.rstrip("/").rpartition("/")[2]
    visitor.get(reverse("applications:section", args=[draft, "about-you"]))
    answers = {"date-of-birth_day": "27", "date-of-birth_month": "3", "date-of-birth_year": "2001"}
    visitor.send(
        "full-name", **{"full-name": "Suda Kaew", "country": "TH", "date-of-birth": "2001-03-27", **answers}
    )
    visitor.get(reverse("applications:check", args=[draft]))
    onward = re.search(r'href="([^"]*claim[^"]*)"', visitor.page).group(1).replace("&amp;", "&")
    visitor.get(onward)
    address = f"bench{next(people)}@example.org"
    visitor.send("email", email=address)
    visitor.send("code", code=code_for(address))
    visitor.send('name="key"')
    assert visitor.path.endswith("/sent/"), (visitor.path, re.sub(r"<[^>]+>|\s+", " ", visitor.page)[:3000])
    return visitor.seconds


def code_for(address: str) -> str:
    body = Message.objects.filter(address=address).latest("pk").body
    connections.close_all()
    return re.search(r"\b\d{6}\b", body).group()


def rows(intake: Intake, size: int) -> list[Row]:
    with running_site() as site:
        _many(site, intake, 40)
        cache.clear()
        web, database = site.spent()
        took, seconds = _many(site, intake, FLOWS)
        web, database = (after - before for after, before in zip(site.spent(), (web, database), strict=True))
    each = Cost(web / len(seconds), database / len(seconds), 0)
    rate = FLOWS / took
    slow = sorted(seconds)[int(len(seconds) * 0.95)] * 1000
    name = f"One of {len(seconds) // FLOWS} requests of a flow, {size} applications"
    return [
        Row(name, each, 6),
        Row(f"  {rate:.1f} flows/s at {CLIENTS} clients (≥ 8), p95 of a request", Cost(slow, 0, 0), 150),
    ]


def _many(site: Site, intake: Intake, times: int) -> tuple[float, list[float]]:
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        found = list(clients.map(lambda _number: one_applicant(site, intake), range(times)))
    return time.perf_counter() - began, [second for each in found for second in each]
