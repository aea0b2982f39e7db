// Device drafts, the way back when offline, counting: docs/adr/0026.
(() => {
  const one = (selector) => document.querySelector(selector);
  const path = location.pathname.replace(/^\/[^/]+/, "draft:"), mine = path.split("/", 3).join("/") + "/sections/";
  const own = () => /\bdevice=own/.test(document.cookie);
  const get = (key) => { try { return JSON.parse(localStorage[key]); } catch { return 0; } };
  const put = (key, entry) => {
    try { localStorage[key] = JSON.stringify(entry); return 1; } catch { return 0; }
  };
  const drop = (key) => { try { delete localStorage[key]; } catch {} };
  const tidy = (text) => text.normalize().replace(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\r]/g, "").trim();
  navigator.serviceWorker?.register("/service-worker.js?language=" + document.documentElement.lang);

  const saved = one("[data-saved]")?.dataset.saved;
  try {
    for (const key of Object.keys(localStorage)) {
      const entry = get(key), version = saved && key.startsWith(mine) && (" " + saved).split(` ${key.split("/")[4]}:`)[1];
      if (entry?.at < Date.now() - 6048e5 || entry?.sent && parseInt(version) > entry.version) drop(key);
    }
  } catch {}

  const back = one("[data-back]"), kept = get(path);
  if (back) {
    if (kept) put(path, { ...kept, sent: 0 });
    one("[data-kept]").hidden = !kept;
    back.onclick = () => {
      if (kept) location.replace(location.pathname + location.search);
      else if (performance.getEntriesByType("navigation")[0].type === "navigate") history.back();
      else location.reload();
      return false;
    };
  }

  const line = one("[data-phone]"), form = line?.closest("form");
  if (form) {
    const { phone, again, away, unsaved } = line.dataset, said = line.textContent;
    const { version, "last.edited": last } = form.elements;
    const say = (words, at) => {
      words = words.replace("{time}", new Date(at).toTimeString().slice(0, 5));
      if (line.textContent !== words) line.textContent = words;
    };
    const boxes = [...form.elements].filter((each) => each.name && !/hidden|file|submit|fieldset/.test(each.type));
    const isTick = (each) => /radio|checkbox/.test(each.type);
    const typed = () => boxes.filter((each) => !isTick(each) || each.checked).map((each) => [each.name, each.value]);
    const flat = (list) => JSON.stringify(list.map((pair) => pair.map(tidy)).filter((pair) => pair[1]));
    const shown = flat(typed());
    const keep = (sent) => {
      const list = typed(), at = Date.now();
      if (flat(list) === shown && !unsaved) drop(path), say(said);
      else say(own() && put(path, { at, version: version.value, list, sent }) ? phone : away, at);
    };
    if (unsaved) keep();
    else if (kept && own() && flat(kept.list) !== shown) {
      for (const each of boxes) {
        const given = kept.list.filter(([name]) => name === each.name).map((pair) => pair[1]);
        if (isTick(each)) each.checked = given.includes(each.value);
        else if (given.length) each.value = given[0];
      }
      version.value = kept.version;
      say(again, kept.at);
    } else drop(path);
    for (const type of ["input", "change", "submit"]) form.addEventListener(type, () => keep(type == "submit"));
    form.addEventListener("focusin", ({ target }) => { last.value = target.id; });
    self.onpageshow = (event) => {
      if (event.persisted) keep();
      const at = /^#id_/.test(location.hash) && document.getElementById(location.hash.slice(1));
      if (at) boxes.find((each) => at.contains(each))?.focus();
    };
  }

  // As apps/core/cleaning.py counts.
  for (const area of document.querySelectorAll("[data-most]")) {
    const note = area.nextElementSibling;
    (area.oninput = () => {
      const left = area.dataset.most - [...tidy(area.value).replace(/\u200d+[^\u200c\u200d]?|[\p{M}\u200c]/gu, "")].length;
      note.textContent = note.dataset[left < 0 ? "over" : "left"].replace("{n}", Math.abs(left));
    })();
  }
})();
