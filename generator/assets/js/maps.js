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

async function open(figure, drawing, button) {
  const source = new URL(`../maps/${figure.dataset.nrMap}.js?v=${figure.dataset.version}`, import.meta.url);
  const [live, module] = await Promise.all([import("./map-frame.js"), import(source.href)]);
  const { addTools, buildFrame, nameGround, offerBasemap, popupContent, tool } = live;
  const L = await live.loadLeaflet();
  const ground = module.grounded ? await live.loadGround() : { features: [] };
  const { frame, element, tools } =
    buildFrame({ title: figure.dataset.title, after: figure.querySelector("figcaption").id });
  drawing.before(frame);
  const bar = button.closest(".nr-map__bar");
  let map;
  try {
    map = module.default(L, element, popupContent, ground);
  } catch (error) {
    frame.remove();
    throw error;
  }
  const home = () => map.options.home;
  map.fitBounds(home(), { animate: false });
  map.setMinZoom(map.getZoom() - 0.5);
  // Only who has touched the map wants the wheel to zoom and not to scroll.
  map.once("mousedown", () => map.scrollWheelZoom.enable());
  addTools(map, tools, home);
  nameGround(L, map, ground);
  offerBasemap(L, map, tools, figure.dataset);
  tool(tools, _("Karte schließen"), "", () => {
    map.remove();
    frame.remove();
    drawing.hidden = false;
    bar.hidden = false;
    button.focus();
  });
  // Who has gone on meanwhile stays there.
  const waited = [button, document.body].includes(document.activeElement);
  drawing.hidden = true;
  bar.hidden = true;
  if (waited) element.focus();
}

document.querySelectorAll("[data-nr-map]").forEach(offer);
