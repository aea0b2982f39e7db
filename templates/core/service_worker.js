// Keeps the look and one page for when the network is away. Never a page with anyone's data, and it
// never sends a form again by itself: the person presses the button once more.
const SHELL = "shell-{{ version }}";
const OFFLINE = "{{ offline_url }}";
const PARTS = [{% for part in parts %}"{{ part }}",{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(SHELL)
      .then((shell) => Promise.all([shell.addAll(PARTS), shell.add(new Request(OFFLINE, { credentials: "omit" }))]))
      .then(() => self.skipWaiting())
  );
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (request.method === "GET" && PARTS.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
