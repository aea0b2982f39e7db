// Shows and hides questions and options while one answers. The rules are those of
// apps/applications/rules/conditions.py; the server decides again when a section is saved.
(() => {
  const number = /^-?\d{1,12}(\.\d{1,3})?$/, date = /^(\d{4}-\d\d-\d\d(T\d\d:\d\d)?|\d\d:\d\d)$/;
  const isMap = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
  const words = (v) => v === true ? "yes" : v === false || v == null ? ""
    : Array.isArray(v) ? (v.some(isMap) ? "" + v.length : v.join(" ")) : isMap(v) ? v.country || "" : "" + v;
  const parts = (v) => isMap(v) ? Object.values(v) : Array.isArray(v) && !v.some(isMap) ? v.map(String)
    : words(v) ? [words(v)] : [];
  const answered = (v) => words(v) !== "" || parts(v).some(Boolean);
  const order = (a, b) => number.test(a) && number.test(b) ? Math.sign(a - b)
    : date.test(a) && date.test(b) && a.length === b.length ? (a > b) - (a < b) : NaN;
  const full = (pattern, text) => { try { return new RegExp(`^(?:${pattern})$`, "su").test(text); }
    catch { return new RegExp(`^(?:${pattern})$`, "s").test(text); } };
  const compare = {
    answered: (a) => answered(a), is: (a, b) => words(a) === words(b) || order(words(a), words(b)) === 0,
    includes: (a, b) => parts(a).includes(words(b)), matches: (a, b) => full(words(b), words(a)),
    above: (a, b) => order(words(a), words(b)) > 0, at_least: (a, b) => order(words(a), words(b)) >= 0,
    below: (a, b) => order(words(a), words(b)) < 0, at_most: (a, b) => order(words(a), words(b)) <= 0,
  };
  const holds = (when, known) => when.all ? when.all.every((each) => holds(each, known))
    : when.any ? when.any.some((each) => holds(each, known)) : when.not ? !holds(when.not, known)
    : compare[when.op](known[when.question], when.than ? known[when.than] : when.value);
  self.formConditions = { holds, answered };

  const form = document.querySelector("form[data-known]");
  if (!form) return;
  const groups = [...form.querySelectorAll("[data-question]")];
  const tidy = (text) => text.normalize("NFKC").trim();
  const fields = (group) => [...group.querySelectorAll("input,select,textarea")].filter((each) => each.type !== "hidden");
  const day = (values) => {
    const [d, m, y] = values.map(tidy);
    const real = new Date(Date.UTC(y, m - 1, d));
    if (/^\d+$/.test(d + m + y) && y > 999 && real.getUTCMonth() === m - 1 && real.getUTCDate() === +d)
      return real.toISOString().slice(0, 10);
    return d || m || y ? values.join(" ") : "";
  };
  const read = (group) => {
    const all = fields(group), kind = group.dataset.kind, one = all[0];
    if (!one) return "";
    if (kind === "several_choices") return all.filter((each) => each.checked).map((each) => each.value);
    if (kind === "declaration") return one.checked;
    if (kind === "document" || kind === "photos") return group.dataset.kept === "1" || one.files.length > 0;
    if (kind === "date") return day(all.map((each) => each.value));
    if (kind === "place") return Object.fromEntries(all.map((each) => [each.name.split("_").pop(), each.value.trim()]).filter((each) => each[1]));
    if (kind === "rows") return [...group.querySelectorAll("[data-row]")].filter((row) =>
      fields(row).some((each) => each.type === "radio" ? each.checked : each.value.trim())).map(() => ({}));
    if (one.type === "radio") return (all.find((each) => each.checked) || { value: "" }).value;
    return kind === "number" ? tidy(one.value) : one.value.normalize("NFC").trim().replace(kind === "text" ? /\s+/g : /(?!)/g, " ");
  };
  const update = () => {
    const known = JSON.parse(form.dataset.known);
    for (const group of groups) {
      group.hidden = !!group.dataset.when && !holds(JSON.parse(group.dataset.when), known);
      for (const option of group.querySelectorAll("[data-option]")) {
        option.hidden = !holds(JSON.parse(option.dataset.option), known);
        if (option.tagName === "OPTION") option.disabled = option.hidden;
      }
      const value = read(group);
      if (!group.hidden && answered(value)) known[group.dataset.question] = value;
    }
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
})();
