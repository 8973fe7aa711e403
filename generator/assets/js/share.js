// Handing on a page: by the device's own way of sharing; where there is none its address is copied. A QR code shows it
// to another phone. Pages about violence have no such button.
import { copied } from "./copying.js";
import { element } from "./element.js";
import { drawing } from "./qr.js";
import { statusAfter } from "./status.js";
import { _ } from "./words.js";

async function share(button, status) {
  const { share: url } = button.dataset;
  const show = (said) => status.replaceChildren(said, " ", element("span", { class: "nr-ltr nr-share__link" }, url),
    element("span", { class: "nr-share__code" }, drawing(url, _("QR-Code mit der Adresse dieser Seite"))));
  if (navigator.share) {
    show(_("Oder diesen Code zeigen:"));
    try {
      await navigator.share({ title: document.title, url });
      return;
    } catch (error) {
      if (error.name === "AbortError") return; // somebody thought better of it
      console.info("nahraum: not shared", error.name);
    }
  }
  show(await copied(url) ? _("Der Link ist kopiert.") : _("Das ist der Link:"));
}

for (const button of document.querySelectorAll("[data-share]")) {
  const status = statusAfter(button.closest(".nr-actions") ?? button);
  button.hidden = false;
  button.addEventListener("click", () => share(button, status));
}
