/* Copies citations: a button beside each, and the link "cite" beside a number. Without scripts both can be selected. */
(() => {
  const root = document.documentElement;
  if (root.dataset.cites) return; // loaded twice
  root.dataset.cites = "yes";

  /* The text of the report is copied without its margin. A margin can be selected once somebody presses inside it. */
  document.addEventListener("pointerdown", (event) => {
    document.querySelector(".selected-in")?.classList.remove("selected-in");
    event.target.closest?.(".margin, .paragraph-notes")?.classList.add("selected-in");
  });

  const today = (style, language) => {
    const names = { day: "numeric", month: "long", year: "numeric" };
    const isAmerican = ["bluebook", "chicago", "apa"].includes(style) && language === "en";
    const locale = isAmerican ? "en-US" : language === "en" ? "en-GB" : language;
    const words = new Intl.DateTimeFormat(locale, names).format(new Date());
    if (style !== "bluebook" || !isAmerican) return words;
    return words.replace(/^\w{5,}/, (month) => `${month.slice(0, month === "September" ? 4 : 3)}.`);
  };

  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");

  const confirm = (element, words) => {
    const before = element.textContent;
    element.textContent = said.textContent = words;
    setTimeout(() => {
      element.textContent = before;
      said.textContent = "";
    }, 2000);
  };

  /* The words in italics too, for programs that take them. */
  const copy = (element) => {
    const text = element.innerText.trim();
    if (!window.ClipboardItem || !element.querySelector("i")) return navigator.clipboard.writeText(text);
    const html = element.innerHTML.trim();
    const as = (words, type) => new Blob([words], { type });
    return navigator.clipboard.write([
      new ClipboardItem({ "text/plain": as(text, "text/plain"), "text/html": as(html, "text/html") }),
    ]);
  };

  const offer = () => {
    document.body.append(said);
    const section = document.querySelector(".cite");
    for (const words of section?.querySelectorAll("[data-style]") ?? []) {
      const place = section.dataset.date;
      const text = [...words.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.includes(place));
      if (text) text.data = text.data.replace(place, today(words.dataset.style, words.lang));
    }
    if (!navigator.clipboard) return;
    for (const row of section?.querySelectorAll(".cite-row") ?? []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cite-copy";
      button.textContent = section.dataset.copy;
      button.setAttribute("aria-label", `${section.dataset.copy}: ${row.querySelector(".cite-name").textContent}`);
      button.addEventListener("click", () => {
        const words = row.querySelector(".cite-words");
        copy(words).then(
          () => confirm(button, section.dataset.copied),
          () => getSelection().selectAllChildren(words),
        );
      });
      row.append(button);
    }
  };

  const pattern = document.querySelector("[data-citation]");
  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".cite-link");
    if (!link || !pattern || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const number = link.closest(".paragraph").id.slice(1);
    const address = link.href.split("#")[0];
    try {
      await navigator.clipboard.writeText(`${pattern.dataset.citation.replace("{}", number)}, ${address}`);
      confirm(link, pattern.dataset.copied);
    } catch {
      location.href = link.href;
    }
  });

  offer();
})();
