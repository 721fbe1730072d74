// Gives names to what Django's scripts add to a form: the fields that look records up, the first column of rows.
"use strict";

const nameOfRows = document.currentScript.dataset.row;

function words(select) {
  const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  return select.getAttribute("aria-label") || (label ? label.textContent.replace(":", "").trim() : "");
}

function nameFields() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
    const shown = box && box.querySelector(".select2-selection__rendered");
    if (!box || box.dataset.named) continue;
    box.dataset.named = "yes";
    box.setAttribute("aria-label", words(select));
    if (shown) {
      shown.setAttribute("aria-label", words(select));
      box.setAttribute("aria-labelledby", `${shown.id} ${shown.id}`);
    }
    // The script that made it hides the select from the keyboard, but not from what reads pages aloud.
    select.setAttribute("aria-hidden", "true");
  }
  for (const head of document.querySelectorAll("thead th.original:empty")) {
    const told = document.createElement("span");
    told.className = "words";
    told.textContent = nameOfRows;
    head.append(told);
  }
}

// On a phone, where the cells of a row stand one below the other, each says what it is.
function nameCells() {
  for (const table of document.querySelectorAll(".tabular table")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.firstChild ? head.firstChild.textContent.trim() : "");
    for (const row of table.querySelectorAll("tbody tr.form-row")) {
      [...row.cells].forEach((cell, place) => { if (heads[place] && /^field-/.test(cell.className)) cell.dataset.label = heads[place]; });
    }
  }
}

addEventListener("load", () => {
  nameFields();
  nameCells();
  new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
});

// Enter on a radio button or a box presses the first button that is enabled, past the one of no_default.html.
document.addEventListener("keydown", (event) => {
  const chooses = event.target.matches?.("input[type=radio], input[type=checkbox]");
  if (event.key === "Enter" && chooses && event.target.form?.querySelector(".no-default")) event.preventDefault();
});
