/* Reading without leaving the page: the address and the outline follow, what comes next can be read below, and notes
   stand beside the lines that call them. */
(() => {
  const reading = document.querySelector(".reading");
  if (!reading) return;
  const outline = document.querySelector(".outline");
  const start = location.pathname + location.search;
  let moved = false;
  let waiting;

  const markOutline = (paragraph) => {
    let heading = null;
    for (const place of reading.querySelectorAll("h1[id], .section-heading[id], .paragraph")) {
      if (place === paragraph) break;
      if (!place.matches(".paragraph")) heading = place;
    }
    if (!heading || !outline) return;
    const inside = outline.querySelector(`a[href="#${CSS.escape(heading.id)}"]`);
    const number = heading.id.replace("reply-", "");
    const link = inside || outline.querySelector(`a[href$="/replies/${number}/"]`);
    if (!link || link.hasAttribute("aria-current")) return;
    outline.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    for (let fold = link.closest("details"); fold && fold.parentElement !== outline; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    if (outline.scrollHeight > outline.clientHeight) {
      const gap = link.getBoundingClientRect().top - outline.getBoundingClientRect().top;
      if (gap < 40 || gap > outline.clientHeight - 80) outline.scrollTop += gap - outline.clientHeight / 2;
    }
  };

  const follow = (paragraph) => {
    const address = paragraph.closest("[data-address]")?.dataset.address || start;
    const top = scrollY < 120 && address === start;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(history.state, "", top ? start : `${address}#${paragraph.id}`);
      markOutline(paragraph);
    }, 200);
  };

  const watcher = new IntersectionObserver((seen) => {
    const here = seen.filter((each) => each.isIntersecting).pop();
    if (here && moved) follow(here.target);
  }, { rootMargin: "-12% 0px -80% 0px" });

  const alignNotes = (part) => {
    for (const notes of part.querySelectorAll(".notes")) {
      const margin = notes.closest(".margin");
      const beside = margin && getComputedStyle(margin.parentElement).display === "grid";
      for (const note of notes.children) {
        note.style.marginTop = "";
        const mark = beside && document.getElementById(note.id.replace("fn", "fnref"));
        const gap = mark ? mark.getBoundingClientRect().top - note.getBoundingClientRect().top - 4 : 0;
        if (gap > 0) note.style.marginTop = `${gap}px`;
      }
    }
  };

  const prepare = (part) => {
    const paragraphs = part.querySelectorAll(".paragraph");
    if (paragraphs.length > 1 || part !== reading) paragraphs.forEach((each) => watcher.observe(each));
    alignNotes(part);
    const pager = part.querySelector(".pager[data-next]");
    if (pager) pager.before(readOn(pager));
  };

  const readOn = (pager) => {
    const button = document.createElement("button");
    button.className = "button quiet read-on";
    button.textContent = pager.dataset.readOn;
    const address = new URL(pager.dataset.next, new URL(pager.closest("[data-address]")?.dataset.address || start, location));
    button.addEventListener("click", async () => {
      button.disabled = true;
      const answer = await fetch(address).catch(() => null);
      const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const more = page && page.querySelector(".reading");
      if (!more) {
        location.href = address;
        return;
      }
      const part = document.createElement("div");
      part.dataset.address = address.pathname + address.search;
      more.querySelectorAll(".colophon").forEach((end) => end.remove()); // the page has one
      part.append(...more.children);
      const title = part.querySelector("h1");
      const heading = document.createElement("h2");
      heading.className = "section-heading";
      heading.id = document.getElementById(title.id) ? "" : title.id;
      heading.lang = title.lang;
      heading.tabIndex = -1;
      heading.textContent = title.textContent;
      title.replaceWith(heading);
      button.remove();
      pager.replaceWith(part);
      prepare(part);
      heading.focus({ preventScroll: true });
      heading.scrollIntoView();
    });
    return button;
  };

  addEventListener("scroll", () => { moved = true; }, { once: true, passive: true });
  addEventListener("resize", () => alignNotes(reading));
  prepare(reading);
})();
