/* A small card on a name in the text: what the thing is and how often the report names it. By mouse it comes when the
   pointer rests, by keyboard with the focus, by touch with the first tap; Escape, or turning elsewhere, sends it away. */
(() => {
  const held = new Map();
  const card = document.createElement("div");
  card.className = "card";
  card.id = "card";
  card.setAttribute("role", "group");
  card.hidden = true;
  document.querySelector("main").append(card);
  let shown = null;
  let waiting;

  const nameOf = (target) => (target.closest ? target.closest(".text a.name") : null);

  const fetched = (link) => {
    const address = new URL("card/", link.href).pathname;
    if (!held.has(address)) {
      held.set(address, fetch(address).then((answer) => (answer.ok ? answer.text() : "")).catch(() => ""));
    }
    return held.get(address);
  };

  const place = (link) => {
    const line = link.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(line.left, width - card.offsetWidth - 8));
    const below = line.bottom + card.offsetHeight + 12 < innerHeight || line.top < card.offsetHeight + 12;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${scrollY + (below ? line.bottom + 6 : line.top - card.offsetHeight - 6)}px`;
  };

  const hide = () => {
    clearTimeout(waiting);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    if (shown.dataset.title) shown.title = shown.dataset.title;
    shown = null;
    card.hidden = true;
  };

  const show = (link, wait) => {
    clearTimeout(waiting);
    if (link === shown) return;
    waiting = setTimeout(async () => {
      const words = await fetched(link);
      if (!words || !link.isConnected) return;
      hide();
      card.innerHTML = words;
      if (link.title) {
        const why = document.createElement("p");
        why.className = "card-why";
        why.textContent = link.title.split(", ").pop();
        card.append(why);
        link.dataset.title = link.title;
        link.removeAttribute("title");
      }
      link.setAttribute("aria-describedby", "card");
      card.hidden = false;
      shown = link;
      place(link);
    }, wait);
  };

  const leave = () => {
    clearTimeout(waiting);
    waiting = setTimeout(hide, 250);
  };

  let touched = false;
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType !== "mouse";
    if (!nameOf(event.target) && !card.contains(event.target)) hide();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = nameOf(event.target);
    if (link) show(link, 350);
    else if (card.contains(event.target)) clearTimeout(waiting);
    else if (shown) leave();
    else clearTimeout(waiting);
  });
  document.addEventListener("focusin", (event) => {
    const link = nameOf(event.target);
    if (link && link.matches(":focus-visible") && !touched) show(link, 150);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const link = nameOf(event.target);
    if (!link || !touched || link === shown || event.detail === 0) return;
    event.preventDefault();
    show(link, 0);
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key === "Escape") hide();
  });
  addEventListener("resize", hide);
})();
