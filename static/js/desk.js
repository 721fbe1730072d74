// At the desk: remembers in this browser that somebody edits here, so that pages of the site show links to the desk.
"use strict";

try {
  const edits = document.currentScript.dataset.edits;
  if (edits === "yes") localStorage.setItem("desk", "edits");
  else localStorage.removeItem("desk");
} catch {
  // Nothing is lost but a convenience.
}
