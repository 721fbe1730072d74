/* "Copy all with citations" puts the text to which the link leads on the clipboard; where that can't be, it leads there. */
(() => {
  if (!navigator.clipboard || !window.ClipboardItem) return;
  const said = document.createElement("span");
  said.setAttribute("role", "status");

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.copy-all");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const text = fetch(link.href).then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer.status)));
      const plain = text.then((body) => new Blob([body], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
    } catch {
      location.assign(link.href);
      return;
    }
    link.after(said);
    said.textContent = ` ${link.dataset.copied}`;
  });
})();
