// Shows the links to the editors' desk in browsers in which an editor has worked there. No cookie, no other page.
"use strict";

try {
  if (localStorage.getItem("desk") === "edits") {
    for (const link of document.querySelectorAll(".edit-here")) link.hidden = false;
  }
} catch {
  // A browser that keeps nothing shows no such link; the desk is at /admin/ all the same.
}
