// The review desk by letter keys; a checkbox turns them off, and the browser remembers it.
"use strict";

const box = document.getElementById("shortcuts");
const remember = "review-shortcuts";

function stored() {
  try { return localStorage.getItem(remember) !== "off"; } catch { return true; }
}

function show(on) {
  for (const hint of document.querySelectorAll(".review kbd")) hint.hidden = !on;
}

if (box) {
  box.closest("p").hidden = false;
  box.checked = stored();
  box.addEventListener("change", () => {
    try { localStorage.setItem(remember, box.checked ? "on" : "off"); } catch { /* only for this page, then */ }
    show(box.checked);
  });
}
show(!box || box.checked);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
  if (typing && event.key === "Escape") { typing.blur(); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || (box && !box.checked)) return;
  const wanted = document.querySelector(`.review [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input[type=text]")) wanted.focus();
  else wanted.click();
});
