// Suggestions under the search box while somebody types, and "/" to get into it. Without this the box is a plain form.
(() => {
  const form = document.querySelector(".search-box");
  if (!form) return;
  const box = form.elements.q;
  const list = Object.assign(document.createElement("div"), { id: "suggestions", className: "suggestions", hidden: true });
  const told = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  list.setAttribute("role", "listbox");
  const words = form.dataset.words.split("|");
  list.setAttribute("aria-label", words[0]);
  told.setAttribute("role", "status");
  form.append(list, told);
  const attributes = { role: "combobox", autocomplete: "off", autocapitalize: "none", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": "suggestions" };
  for (const name in attributes) box.setAttribute(name, attributes[name]);

  let options = [], chosen = -1, timer, asking;

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", open);
    if (!open) choose(-1);
  }

  function choose(at) {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = at;
    const option = options[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function element(name, text, given = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const key in given) made.setAttribute(key, given[key]);
    return made;
  }

  function fill(groups) {
    choose(-1);
    options = [];
    list.replaceChildren(...groups.map(({ kind, heading, suggestions }) => {
      const group = element("div", "", { role: "group", "aria-labelledby": `suggest-${kind}` });
      group.append(element("div", heading, { id: `suggest-${kind}`, class: "group" }));
      for (const { text, url, detail } of suggestions) {
        const given = { role: "option", href: url, tabindex: -1, "aria-selected": false, id: `suggest-${options.length}` };
        const option = element("a", text, given);
        if (detail) option.append(" ", element("small", detail));
        options.push(option);
        group.append(option);
      }
      return group;
    }));
    show(options.length > 0);
    told.textContent = options.length ? `${options.length} ${words[1]}` : words[2];
  }

  async function ask() {
    asking?.abort();
    const typed = box.value.trim();
    if (!typed) return show(false);
    asking = new AbortController();
    try {
      const report = form.elements.report ? `&report=${encodeURIComponent(form.elements.report.value)}` : "";
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(typed)}${report}`, asking);
      const { groups } = await answer.json();
      if (document.activeElement === box && box.value.trim() === typed) fill(groups);
    } catch {
      // Asked again, or no connection: the box still searches.
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (step && list.hidden) ask();
    else if (step) choose((chosen + 1 + step + options.length + 1) % (options.length + 1) - 1);
    else if (event.key === "Enter" && chosen >= 0) options[chosen].click();
    else if (event.key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => show(false));
  // The box keeps the focus while a suggestion is pressed or the list is scrolled.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const fold = box.closest("details");
    if (fold) fold.open = true;
    box.select();
    box.focus();
  });
})();
