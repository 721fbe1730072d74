/* After "Back" a form shows the filters of its list, not what was chosen in it before leaving. */
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[method='get']")) form.reset();
});
