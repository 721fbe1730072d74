// At the desk: keeps what somebody types in this browser until it is saved or discarded, and warns before a changed
// form is left. A draft belongs to a user, an address and a page; two tabs never write to the same one. The server
// names a draft that is saved in the cookie desk_saved. Passwords, codes and files are never kept.
"use strict";

const { user, method } = document.currentScript.dataset;
const isAnswer = method === "POST";
const MOST_BYTES = 4 << 20; // of a request; the server refuses more before it reads it
const UNTYPED = new Set(["hidden", "submit", "button", "reset", "image", "password", "file"]);
const NOT_KEPT = /^(csrfmiddlewaretoken|_draft|_as_typed|_login.*|.*-__prefix__-.*)$/;
const texts = document.getElementById("draft-texts");
let isLeaving = false;

function kept(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function forget(key) {
  try { localStorage.removeItem(key); } catch { /* nothing was kept, then */ }
}

function allKeys() {
  try { return Object.keys(localStorage).filter((key) => key.startsWith("draft:")); } catch { return []; }
}

function ofTab(name, value) {
  try {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name) || "";
  } catch { return ""; }
}

function digest(text) {
  let sum = 5381;
  for (let place = 0; place < text.length; place += 1) sum = ((sum * 33) ^ text.charCodeAt(place)) >>> 0;
  return `${sum.toString(36)}-${text.length}`;
}

function part(name) {
  const found = texts.content.querySelector(`[data-part="${name}"]`);
  return found.cloneNode(true);
}

// A form has fields that may be called "action" or "id", which hide its own properties.
function place(form) {
  const { pathname } = new URL(form.getAttribute("action") || location.href, location.href);
  const chosen = [...form.querySelectorAll("input[type=hidden][name=_selected_action]")].map((field) => field.value);
  return chosen.length ? `${pathname}?${chosen.sort().join(",")}` : pathname;
}

function isTyped(field) {
  return Boolean(field.name) && !UNTYPED.has(field.type) && !NOT_KEPT.test(field.name)
    && field.autocomplete !== "one-time-code" && !field.matches("button, fieldset, output");
}

function isKept(field) {
  return isTyped(field) || (field.type === "hidden" && Boolean(field.name) && !NOT_KEPT.test(field.name));
}

function values(field, asOpened) {
  if (field.type === "checkbox" || field.type === "radio") {
    return (asOpened ? field.defaultChecked : field.checked) ? [field.value] : [];
  }
  if (field.tagName !== "SELECT") return [asOpened ? field.defaultValue : field.value];
  const chosen = [...field.options].filter((option) => (asOpened ? option.defaultSelected : option.selected));
  if (!chosen.length && !field.multiple && field.options.length) chosen.push(field.options[0]);
  return chosen.map((option) => option.value);
}

function words(field) {
  const label = field.labels && field.labels.length ? field.labels[0].textContent : "";
  return (label || field.getAttribute("aria-label") || field.name).replace(/\s+/g, " ").replace(/:\s*$/, "").trim();
}

class Tracked {
  constructor(form) {
    this.form = form;
    this.place = place(form);
    this.opened = form.querySelector("input[name=_opened]");
    this.initial = JSON.stringify(this.fields().filter(isTyped).map((field) => [field.name, values(field, true)]));
    this.state = this.opened && this.opened.dataset.state ? this.opened.dataset.state : digest(this.initial);
    this.owner = user || ofTab("desk-user");
    const going = isAnswer ? ofTab(`draft-of:${this.place}`) : "";
    this.isUnsaved = form.hasAttribute("data-typed") || Boolean(going && kept(going));
    if (going && kept(going)) this.state = kept(going).state;
    this.take(going && kept(going) ? going : this.newKey());
    form.addEventListener("input", () => this.keep());
    form.addEventListener("change", () => this.keep());
    form.addEventListener("submit", (event) => this.send(event));
  }

  newKey() {
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    return `draft:${this.owner}:${this.place}:${id}`;
  }

  // The page holds a lock as long as it lives, so that other tabs do not offer what is being typed here.
  take(key) {
    this.key = key;
    this.holds = !navigator.locks;
    if (navigator.locks) {
      navigator.locks.request(key, () => { this.holds = true; return new Promise(() => {}); }).catch(() => {});
    }
  }

  fields() {
    return [...this.form.elements].filter(isKept);
  }

  typed() {
    return JSON.stringify(this.fields().filter(isTyped).map((field) => [field.name, values(field)]));
  }

  isChanged() {
    return this.isUnsaved || this.typed() !== this.initial;
  }

  entries() {
    return this.fields().flatMap((field) => values(field).map((value) => {
      const option = field.tagName === "SELECT" && [...field.options].find((each) => each.value === value);
      return option && value ? [field.name, value, option.text] : [field.name, value];
    }));
  }

  keep() {
    if (!this.owner) return;
    if (!this.holds) this.take(this.newKey()); // another tab has the draft that this page began with
    if (!this.isChanged()) { forget(this.key); return; }
    const changed = this.fields().filter((field) => isTyped(field) && String(values(field)) !== String(values(field, true)));
    const told = changed.map((field) => [words(field), field.type === "checkbox" ? "" : String(values(field))]);
    const draft = { when: Date.now(), state: this.state, entries: this.entries(), told };
    // A field that only loses the focus makes no draft newer than what was typed since in another tab.
    if (JSON.stringify(kept(this.key)?.entries) === JSON.stringify(draft.entries)) return;
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
    } catch {
      if (!document.querySelector(".draft-full")) this.form.before(part("full"));
    }
  }

  send(event) {
    const files = [...this.form.elements].flatMap((field) => (field.type === "file" ? [...field.files] : []));
    if (files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES - (64 << 10)) {
      event.preventDefault();
      if (!document.querySelector(".draft-large")) this.form.before(part("large"));
      document.querySelector(".draft-large").scrollIntoView({ block: "center" });
    }
    if (event.defaultPrevented) return;
    this.keep();
    let field = this.form.querySelector("input[name=_draft]");
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "_draft" });
      this.form.append(field);
    }
    field.value = this.key.split(":").pop();
    ofTab(`draft-of:${this.place}`, this.key);
    isLeaving = true;
    setTimeout(() => { isLeaving = false; }, 5000); // where the answer leads nowhere
  }

  async offer() {
    if (!user) return;
    const start = `draft:${user}:${this.place}:`;
    const others = allKeys().filter((key) => key.startsWith(start) && key !== this.key);
    const held = navigator.locks ? (await navigator.locks.query()).held.map((lock) => lock.name) : [];
    const drafts = others.map((key) => ({ key, ...kept(key) })).filter((draft) => draft.entries);
    if (drafts.some((draft) => held.includes(draft.key))) this.form.before(part("elsewhere"));
    drafts.sort((one, other) => other.when - one.when);
    for (const draft of drafts.filter((each) => !held.includes(each.key))) {
      if (this.equals(draft)) forget(draft.key);
      else this.form.before(this.box(draft));
    }
  }

  equals(draft) {
    const shown = new Map(this.fields().filter(isTyped).map((field) => [field.name, ""]));
    for (const [name, value] of this.entries()) if (shown.has(name)) shown.set(name, `${shown.get(name)}|${value}`);
    const typed = new Map([...shown.keys()].map((name) => [name, ""]));
    for (const [name, value] of draft.entries) {
      if (!typed.has(name) && /-\d+-/.test(name)) return false; // a row that this page does not have
      if (typed.has(name)) typed.set(name, `${typed.get(name)}|${value}`);
    }
    return [...shown].every(([name, value]) => typed.get(name) === value);
  }

  box(draft) {
    const box = part("offer");
    const moment = new Date(draft.when);
    const time = box.querySelector("time");
    time.dateTime = moment.toISOString();
    time.textContent = moment.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    box.querySelector('[data-part="newer"]').hidden = draft.state === this.state;
    for (const [label, value] of draft.told.slice(0, 8)) {
      const line = document.createElement("li");
      line.textContent = value ? `${label}: ${value.length > 120 ? `${value.slice(0, 120)}…` : value}` : label;
      box.querySelector("ul").append(line);
    }
    box.querySelector('[data-part="use"]').addEventListener("click", () => { box.remove(); this.use(draft); });
    box.querySelector('[data-part="discard"]').addEventListener("click", () => { forget(draft.key); box.remove(); });
    return box;
  }

  // The server shows a form of a record with the draft in it, or the page of choices where the record is newer.
  use(draft) {
    if (!this.opened) { this.fill(draft); return; }
    const form = Object.assign(document.createElement("form"), { method: "post" });
    form.setAttribute("action", this.form.getAttribute("action") || location.href);
    const token = this.form.querySelector("input[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of [...draft.entries, ["csrfmiddlewaretoken", token], ["_as_typed", "1"]]) {
      const field = document.createElement("textarea"); // an input would lose the ends of lines
      Object.assign(field, { name, value, hidden: true });
      form.append(field);
    }
    document.body.append(form);
    ofTab(`draft-of:${this.place}`, draft.key);
    isLeaving = true;
    form.submit();
  }

  fill(draft) {
    for (const field of this.fields().filter(isTyped)) {
      const given = draft.entries.filter(([name]) => name === field.name);
      const wanted = given.map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = wanted.includes(field.value);
      } else if (field.tagName === "SELECT") {
        for (const [, value, text] of given) {
          if (![...field.options].some((option) => option.value === value)) field.add(new Option(text || value, value));
        }
        for (const option of field.options) option.selected = wanted.includes(option.value);
      } else if (given.length) {
        [field.value] = wanted;
      }
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    forget(draft.key);
    this.keep();
  }
}

function forgetSaved() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("desk_saved="));
  if (!cookie) return;
  const saved = cookie.slice("desk_saved=".length).split(".");
  for (const key of allKeys()) if (saved.includes(key.split(":").pop())) forget(key);
  document.cookie = "desk_saved=; path=/admin/; max-age=0; samesite=strict";
}

forgetSaved();
if (user) ofTab("desk-user", user);
const tracked = [...document.querySelectorAll("#content form")]
  .filter((form) => (form.getAttribute("method") || "").toLowerCase() === "post")
  .filter((form) => !form.closest("#changelist") && form.getAttribute("id") !== "login-form")
  .filter((form) => [...form.elements].some(isTyped) || (isAnswer && ofTab(`draft-of:${place(form)}`)))
  .map((form) => new Tracked(form));
for (const each of tracked) each.offer();
addEventListener("pageshow", (event) => { if (event.persisted) { isLeaving = false; forgetSaved(); } });
addEventListener("beforeunload", (event) => {
  if (!isLeaving && tracked.some((each) => each.isChanged())) event.preventDefault();
});
