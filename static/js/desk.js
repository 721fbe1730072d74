// At the desk: remembers in this browser what somebody does here, so that pages of the site show links to the desk.
"use strict";

try {
  const does = document.currentScript.dataset.does;
  if (does) localStorage.setItem("desk", does);
  else localStorage.removeItem("desk");
} catch {
  // Nothing is lost but a convenience.
}
