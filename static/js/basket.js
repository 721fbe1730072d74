/* The basket of this browser: the links "Add to basket" fill it without leaving the page, and the header counts it.
   What is remembered is the query of the basket's address, nothing else, and only here. */
(() => {
  const KEY = "basket";
  const EDITING = "basket-editing";
  const MOST = 100;
  const link = document.querySelector(".basket-link");
  let store;
  try {
    store = localStorage;
    store.getItem(KEY);
  } catch {
    return; // without it, the links lead to the basket that they name
  }
  if (!link) return;
  const home = link.getAttribute("href");

  const paragraphs = (query) => {
    const found = [];
    for (const value of new URLSearchParams(query).getAll("p")) {
      const at = value.lastIndexOf(":");
      for (const part of value.slice(at + 1).replaceAll("–", "-").split(",")) {
        const [first, last] = part.split("-").map(Number);
        for (let number = first; number <= (last || first) && found.length <= MOST; number += 1) {
          found.push(`${value.slice(0, at)}:${number}`);
        }
      }
    }
    return [...new Set(found)];
  };
  /* What a query says, however it is written. */
  const meaning = (query) => {
    const notes = [...new URLSearchParams(query)].filter(([name]) => name.startsWith("note.")).map(String);
    return JSON.stringify([paragraphs(query), notes.sort()]);
  };
  const query = () => store.getItem(KEY) || "";
  const address = () => (query() ? `${home}?${query()}` : home);

  const show = () => {
    const held = paragraphs(query());
    link.querySelector(".basket-count").textContent = ` (${held.length})`;
    link.hidden = !held.length;
    link.href = address();
    for (const add of document.querySelectorAll(".add-to-basket")) {
      const wanted = paragraphs(add.dataset.query ??= new URL(add.href).search);
      if (wanted.every((each) => held.includes(each))) {
        add.dataset.words ??= add.firstChild.data;
        add.firstChild.data = add.dataset.added;
        add.href = address();
      } else if (add.dataset.words) {
        add.firstChild.data = add.dataset.words;
        add.href = home + add.dataset.query;
      }
    }
  };

  /* The query with further paragraphs; null where they would be too many. */
  const joined = (more) => {
    const params = new URLSearchParams(query());
    const held = paragraphs(query());
    const added = paragraphs(more).filter((each) => !held.includes(each));
    if (held.length + added.length > MOST) return null;
    for (const each of added) params.append("p", each);
    for (const [name, note] of new URLSearchParams(more)) {
      if (name.startsWith("note.") && !params.has(name)) params.append(name, note);
    }
    return params.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
  };

  const remember = (value) => {
    try {
      store.setItem(KEY, value);
    } catch {
      return false;
    }
    show();
    return true;
  };

  document.addEventListener("click", (event) => {
    const add = event.target.closest(".add-to-basket");
    if (!add || event.ctrlKey || event.metaKey || event.shiftKey || add.firstChild.data === add.dataset.added) return;
    const value = joined(add.dataset.query);
    if (value !== null && remember(value)) event.preventDefault();
  });

  const page = document.querySelector("[data-basket]");
  const settle = () => {
    const shown = page.dataset.basket;
    const isEdited = sessionStorage.getItem(EDITING) !== null;
    sessionStorage.removeItem(EDITING);
    if (isEdited) remember(shown);
    if (!shown && query() && !location.search) location.replace(address());
    let isMine = meaning(shown) === meaning(query());
    const choice = page.querySelector(".basket-choice");
    choice.hidden = isMine || (!shown && !query());
    const keep = (value) => {
      isMine = value !== null && remember(value);
      if (isMine) location.assign(address());
    };
    const [plain, replace, join, mine] = ["keep", "replace", "join", "mine"].map((name) => choice.querySelector(`[data-${name}]`));
    mine.href = address();
    if (shown) {
      for (const button of [plain, replace]) button.addEventListener("click", () => keep(shown));
      join.addEventListener("click", () => keep(joined(shown)));
      plain.hidden = Boolean(query());
      replace.hidden = join.hidden = mine.hidden = !query();
    }
    const edit = () => isMine && sessionStorage.setItem(EDITING, "1");
    page.querySelector("form[data-edits]").addEventListener("submit", edit);
    page.querySelector("[data-empty]")?.addEventListener("click", () => isMine && remember(""));
    const copy = page.querySelector("[data-copy]");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(page.querySelector("#share-address").value);
        copy.textContent = copy.dataset.copied;
      });
    }
  };

  show();
  if (page) settle();
  addEventListener("storage", (event) => event.key === KEY && show());
  addEventListener("pageshow", show);
})();
