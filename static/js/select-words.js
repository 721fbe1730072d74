// Selecting words in the text of a paragraph fills the form that links them; without scripts one types the words.
"use strict";

const form = document.querySelector("form[data-selects]");

// Where a point of the document stands in the text of a block, in code points as the server counts.
function placeIn(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

function blockOf(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-block]");
}

function takeSelection() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const block = blockOf(range.startContainer);
  if (!block || !block.contains(range.endContainer)) return;
  const selected = range.toString();
  const words = selected.trim();
  if (!words) return;
  const before = [...selected.slice(0, selected.indexOf(words))].length;
  const start = placeIn(block, range.startContainer, range.startOffset) + before;
  form.elements.words.value = words;
  form.elements.which.value = "";
  form.elements.place.value = `${block.dataset.block}-${start}-${start + [...words].length}`;
  form.elements.words.dispatchEvent(new Event("input", { bubbles: true }));
}

function moveByKey(event) {
  const direction = { ArrowRight: "forward", ArrowLeft: "backward" }[event.key];
  const selection = document.getSelection();
  if (!direction || event.altKey || event.metaKey || !selection.modify) return;
  const block = event.currentTarget;
  if (!block.contains(selection.focusNode)) selection.collapse(block, 0);
  event.preventDefault();
  selection.modify(event.shiftKey ? "extend" : "move", direction, "word");
}

if (form) {
  for (const hint of document.querySelectorAll("[data-hint]")) hint.hidden = false;
  for (const block of document.querySelectorAll("[data-block]")) {
    block.tabIndex = 0;
    block.addEventListener("keydown", moveByKey);
    block.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") takeSelection(); });
  }
  document.addEventListener("mouseup", takeSelection);
  document.addEventListener("touchend", () => setTimeout(takeSelection));
  form.elements.words.addEventListener("input", (event) => {
    if (event.isTrusted) form.elements.place.value = "";
  });
}
