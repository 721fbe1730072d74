// The review desk by letter keys; a checkbox turns them off, and the browser remembers it.
"use strict";

const box = document.getElementById("shortcuts");
const remember = "review-shortcuts";
const other = document.getElementById("other");
let sent = false; // one decision a page, however often a key or a button is pressed

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

const filters = document.querySelector(".review-filter");
if (filters) filters.open = matchMedia("(min-width: 60rem) and (min-height: 60rem)").matches;

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
}
addEventListener("pageshow", () => { sent = false; }); // also after the way back

function hasModifier(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.getModifierState("AltGraph");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.repeat) { event.preventDefault(); return; } // held down, it presses nothing twice
  const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
  if (typing && event.key === "Escape") { typing.blur(); return; }
  if (typing && typing === other && event.key === "Enter") {
    event.preventDefault(); // it chooses what is typed; the button decides
    if (other.value.trim()) document.getElementById("link-other").focus();
    return;
  }
  if (typing || event.isComposing || hasModifier(event) || event.repeat || sent || (box && !box.checked)) return;
  const wanted = document.querySelector(`.review [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input[type=text]")) wanted.focus();
  else wanted.click();
});
