// Offers the time zone of the device, so that nobody has to look for it in the list.
"use strict";

const offer = document.querySelector(".desk-zone");
const zones = document.querySelector("select[name=time_zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = zones && [...zones.options].find((each) => each.value === own);
if (option && !option.selected) {
  const button = offer.querySelector("button");
  button.textContent = own.replaceAll("_", " ");
  button.addEventListener("click", () => {
    zones.value = own;
    offer.hidden = true;
    zones.focus();
  });
  offer.hidden = false;
}
