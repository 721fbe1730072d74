// Shows the links to the editors' desk in browsers in which an editor has worked there; to a reviewer those that lead
// to reviews. No cookie, no other page.
"use strict";

try {
  const shown = { edits: ".edit-here", reviews: ".review-here" }[localStorage.getItem("desk")];
  if (shown) for (const link of document.querySelectorAll(shown)) link.hidden = false;
} catch {
  // A browser that keeps nothing shows no such link; the desk is at /admin/ all the same.
}
