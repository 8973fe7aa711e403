// The way there: an address is copied; a map program is offered where a device has one that takes the link.
import { copied } from "./copying.js";
import { statusAfter } from "./status.js";
import { _ } from "./words.js";

async function copy(item, status) {
  const { copy: address } = item.dataset;
  status.textContent = await copied(address) ? _("Die Adresse ist kopiert.") : address;
}

for (const item of document.querySelectorAll("[data-copy]")) {
  const status = statusAfter(item.closest("ul"));
  item.hidden = false;
  item.querySelector("button").addEventListener("click", () => copy(item, status));
}

// Android knows the standard's scheme, iOS and macOS their own; elsewhere it opens nothing for most.
const apple = /\b(iPhone|iPad|iPod|Macintosh)\b/.test(navigator.userAgent);
if (apple || /\bAndroid\b/.test(navigator.userAgent)) {
  for (const item of document.querySelectorAll("[data-map-app]")) {
    const link = item.querySelector("a");
    if (apple) link.href = link.dataset.apple;
    item.hidden = false;
  }
}
