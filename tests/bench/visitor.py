"""A browser without the picture: keeps cookies, sends forms with their hidden fields, counts its time."""

import gzip
import re
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

FORM = re.compile(r"<form.*?</form>", re.DOTALL)
ACTION = re.compile(r'<form[^>]*\baction="([^"]+)"')
STATIC = re.compile(r'(?:src|href)="(/static/[^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Visitor:
    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self.path = "/"
        self.page = ""
        self.seconds: list[float] = []

    def get(self, path: str) -> str:
        return self._ask("GET", path)

    def fetch_what_it_names(self) -> None:
        """Style, script and icon: a browser asks for them once and keeps them for a year."""
        page = self.page
        for path in STATIC.findall(page):
            self._ask("GET", path)
        self.page = page

    def send(self, holding: str, **answers: str) -> str:
        """Send the form of this page that has `holding` in it, with what it hides."""
        forms = [form for form in FORM.findall(self.page) if holding in form]
        assert forms, (self.path, holding, self.page)
        form = forms[0]
        action = ACTION.match(form)
        hidden = dict(HIDDEN.findall(form))
        return self._ask("POST", action.group(1) if action else self.path, urlencode({**hidden, **answers}))

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        """One request, and those its redirects lead to."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Host": f"localhost:{self.address[1]}",
            "Accept-Encoding": "gzip",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        line = HTTPConnection(*self.address, timeout=30)
        line.request(method, path, body, {**headers, "Connection": "close"})
        answer = line.getresponse()
        content = answer.read()
        self.seconds.append(time.perf_counter() - began)
        packed = answer.headers["Content-Encoding"] == "gzip"
        self.page = (gzip.decompress(content) if packed else content).decode(errors="replace")
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: each.value for name, each in SimpleCookie(value).items()}
        assert answer.status < 400, (answer.status, path, self.page[:2000])
        if 300 <= answer.status < 400:
            return self._ask("GET", answer.headers["Location"])
        self.path = urlsplit(path).path + (f"?{urlsplit(path).query}" if urlsplit(path).query else "")
        return self.page
