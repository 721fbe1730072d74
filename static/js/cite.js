/* The link "cite" beside a number puts the citation on the clipboard; where that can't be, it leads to the citation. */
(() => {
  const pattern = document.querySelector("[data-citation]");
  if (!pattern || !navigator.clipboard) return;
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".cite-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const number = link.closest(".paragraph").id.slice(1);
    const address = link.href.split("#")[0];
    try {
      await navigator.clipboard.writeText(`${pattern.dataset.citation.replace("{}", number)}, ${address}`);
    } catch {
      location.href = link.href;
      return;
    }
    const words = link.textContent;
    link.textContent = said.textContent = pattern.dataset.copied;
    setTimeout(() => {
      link.textContent = words;
      said.textContent = "";
    }, 2000);
  });
})();
