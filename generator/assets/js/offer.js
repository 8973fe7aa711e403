// What the page of an offer does beyond links: remember, share, and a QR code on paper that leads back to it.
import "./remember.js";
import "./share.js";
import { drawing } from "./qr.js";
import { _ } from "./words.js";

window.addEventListener("beforeprint", () => {
  for (const mount of document.querySelectorAll("[data-qr]")) {
    if (!mount.firstChild) mount.append(drawing(mount.dataset.qr, _("QR-Code mit der Adresse dieser Seite")));
  }
});
