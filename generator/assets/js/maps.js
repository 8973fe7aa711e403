// „Karte bewegen“ loads Leaflet and the map's script in place of the drawing; „Karte schließen“ brings it back.
import { _ } from "./words.js";

function offer(figure) {
  const button = figure.querySelector("[data-nr-move]");
  const state = figure.querySelector(".nr-map__state");
  const drawing = figure.querySelector(".nr-map__frame");
  if (!button || !drawing) return;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    state.textContent = _("Die Karte wird geladen.");
    try {
      const { open } = await import("./map-frame.js");
      await open(figure, drawing, button);
      state.textContent = "";
    } catch (error) {
      console.warn("nahraum: map", error);
      state.textContent = _("Die Karte lässt sich gerade nicht laden. Die Liste enthält alles, was auf ihr steht.");
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  button.closest(".nr-map__bar").hidden = false;
}

document.querySelectorAll("[data-nr-map]").forEach(offer);
