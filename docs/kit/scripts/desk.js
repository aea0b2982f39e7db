// The review desk: saves each criterion while one goes on, counts the total, hears keys where it was told to.
(() => {
  const form = document.getElementById("review"), said = form.dataset, one = (place, selector) => place.querySelector(selector);
  const line = one(form, "[data-line]"), total = one(form, "[data-total]"), count = one(form, "[data-count]");
  const blocks = [...form.querySelectorAll("[data-save]")];
  const version = (block) => one(block, "[type=hidden]"), point = (block, which) => one(block, "[type=radio]" + which);
  const say = (words, isBad = true) => {
    if (line.textContent !== words) line.textContent = words;
    line.toggleAttribute("data-bad", isBad);
  };
  // What stands in a block, without its version.
  const typed = (block) => [...new FormData(form)].filter(([name]) => block.contains(one(block, `[name="${name}"]`)) && name !== version(block).name);
  const content = (block) => JSON.stringify(typed(block));
  // A page that came back with errors holds what is saved nowhere; what was refused waits to be changed.
  const kept = new Map(blocks.map((block) => [block, "unsaved" in said ? "" : content(block)]));
  const stuck = new Map(blocks.map((block) => [block, content(block)]));
  const isDirty = (block) => content(block) !== kept.get(block);
  // Where another window saved something else, only a button replaces it: nobody types it away.
  const isFree = (block) => content(block) !== stuck.get(block) && !one(block, ".app-other");
  let timer, running, pressed, leaving;

  // The same body until it is answered: an answer that was lost is then no quarrel with oneself.
  async function send(block) {
    const sent = content(block), body = new URLSearchParams([...typed(block), [version(block).name, version(block).value]]);
    for (let wait = 500; ; ) {
      let answer, told;
      try {
        const token = (/csrftoken=(\w+)/.exec(document.cookie) || [0, form.csrfmiddlewaretoken.value])[1];
        answer = await fetch(block.dataset.save, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token } });
        told = /^(0|403|429|5..)$/.test(answer.status) ? 0 : answer.status === 404 ? {} : await answer.json();
      } catch {}
      if (told) {
        const { version: number, other, message } = told;
        if (number !== undefined) version(block).value = number;
        one(block, "[data-other]").innerHTML = other || "";
        stuck.set(block, sent);
        if (answer.ok) return kept.set(block, sent);
        pressed = 0;
        return say(other ? said.told : message || said.refused);
      }
      say(answer && answer.status !== 429 && answer.status < 500 ? said.out : said.away);
      await new Promise((on) => {
        setTimeout(on, wait = Math.min(wait * 2, 3e4));
        addEventListener("online", on, { once: true });
      });
    }
  }

  const drain = () => running ||= (async () => {
    clearTimeout(timer);
    let block, some = await 0;
    while ((block = blocks.find((each) => isDirty(each) && isFree(each)))) some = await send(block);
    running = 0;
    if (some && !blocks.some(isDirty)) say(said.saved.replace("{time}", new Date().toTimeString().slice(0, 5)), false);
    if (pressed) form.requestSubmit(pressed);
  })();

  const add = () => {
    let weight = 0, reached = 0, given = 0, asked = 0;
    for (const block of blocks) {
      const { weight: its, highest } = block.dataset, on = its && point(block, ":checked");
      if (its) asked++;
      if (on) given++, weight += +its, reached += its * (highest > 1 ? (on.value - 1) / (highest - 1) : 1);
    }
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    const score = (100 * reached / weight).toLocaleString(document.documentElement.lang, digits);
    total.textContent = given ? total.dataset.some.replace("{score}", score) : total.dataset.none;
    count.textContent = count.dataset.count.replace("{given}", given).replace("{asked}", asked);
  };

  form.addEventListener("input", () => { add(); clearTimeout(timer); timer = setTimeout(drain, 800); });
  form.addEventListener("change", drain);
  form.addEventListener("submit", (event) => {
    leaving = !running || pressed;
    if (leaving) return;
    pressed = event.submitter;
    event.preventDefault();
  });
  addEventListener("beforeunload", (event) => { if (!leaving && blocks.some(isDirty)) event.preventDefault(); });

  const keys = document.getElementById("keys"), help = keys.closest("details");
  let at = blocks[0];
  const mark = (block) => {
    delete at.dataset.at;
    at = block || at;
    if (keys.checked) at.dataset.at = "";
  };
  help.hidden = false;
  // A cookie, as zone.js empties the storage of every device that is not somebody's own.
  keys.checked = /\bdesk-keys=1/.test(document.cookie);
  mark();
  keys.onchange = () => { mark(); document.cookie = `desk-keys=${+keys.checked};path=/;max-age=31536000;samesite=lax`; };
  form.addEventListener("focusin", ({ target }) => mark(target.closest("[data-save]")));
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || target.matches("textarea,select,input:not([type=radio],[type=checkbox])")) return;
    const thing = key === "j" ? one(document, "[rel=next]") : key === "k" ? one(document, "[rel=prev]") : key === "n" ? one(at, "textarea")
      : key === "?" ? one(help, "summary") : /^\d$/.test(key) && point(at, `[value="${+key || 10}"]`);
    if (!thing) return;
    event.preventDefault();
    if (thing.rel) return void drain().then(() => thing.click());
    if (key === "?") help.open = !help.open;
    thing.focus();
    if (thing.type === "radio") thing.click();
  });
})();
