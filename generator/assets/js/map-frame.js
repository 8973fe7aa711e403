// Leaflet on demand, and what every moving map needs: names, keyboard, focus, buttons. All comes when asked for.
import { element } from "./element.js";
import { once } from "./once.js";
import { _ } from "./words.js";

const here = new URL("./", import.meta.url);
const siteRoot = new URL("../../../", here);
const WIDE = 9, FAR = 26; // metres a pixel from which side streets, then smaller main streets are only noise
const MOST_NAMES = 60;
const LETTER = 6.5; // pixels
const WIDEST = 100; // pixels in which a long name of an area is broken

function add(name) {
  const address = new URL(name, here).href;
  return new Promise((onload, reject) => {
    const onerror = () => reject(new Error(`nahraum: ${name} could not be loaded`));
    // Styles before our own, which change Leaflet's.
    const style = { rel: "stylesheet", href: address, onload, onerror };
    if (name.endsWith(".css")) document.head.prepend(element("link", style));
    else document.head.append(element("script", { src: address, onload, onerror }));
  });
}

// Loads Leaflet and returns its namespace.
export const loadLeaflet = () => once("leaflet", async () => {
  await Promise.all(["leaflet/leaflet.css", "leaflet/leaflet.js"].map(add));
  return prepare(window.L);
});

function prepare(L) {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
    // No option stops this one: buttons, arrow keys and popups that make room all glide by it.
    const { panBy } = L.Map.prototype;
    L.Map.include({
      panBy(offset, options) {
        return panBy.call(this, offset, { ...options, animate: false });
      },
    });
  }
  // A popup fits its map, which may be a phone's: what is longer scrolls within.
  L.Popup.mergeOptions({ maxWidth: 220, maxHeight: 188, autoPanPadding: [8, 8] });
  L.Map.addInitHook(function equip() {
    walkMarkers(this);
    handFocusToPopups(this);
    // Only who has touched the map wants the wheel to zoom and not to scroll.
    this.once("mousedown", () => this.scrollWheelZoom.enable());
    keepSize(this);
    hideCoveredNames(this);
  });
  return L;
}

// A popup's content from data: text nodes and links, never HTML. Paths count from the site's root.
function popupContent({ name, path, lang, lines = [] }) {
  const items = lines.map((line) => element("li", {}, textOrLink(line.name, line.path, line.lang, "span")));
  const title = element("p", {}, textOrLink(name, path, lang, "strong"));
  return element("div", {}, title, items.length ? element("ul", {}, ...items) : null);
}

function textOrLink(text, path, lang, plain) {
  return element(path ? "a" : plain,
    { href: path ? new URL(path, siteRoot).href : null, lang: lang || null, dir: lang ? "auto" : null }, text);
}

// Markers are buttons by Leaflet; here they get names. One at a time can be reached by Tab, arrows lead to others.
function walkMarkers(map) {
  const box = map.getContainer(), marker = '.leaflet-marker-icon[role="button"]';
  const keepOne = () => {
    if (!box.querySelector(`${marker}[tabindex="0"]`)) box.querySelector(marker)?.setAttribute("tabindex", "0");
  };
  map.on("layeradd", ({ layer }) => {
    const { keyboard, alt } = layer.options;
    if (!keyboard || !alt) return;
    const icon = layer.getElement();
    icon.setAttribute("aria-label", alt);
    icon.tabIndex = -1;
    keepOne();
  });
  map.on("layerremove", keepOne);
  box.addEventListener("keydown", (event) => {
    const icons = [...box.querySelectorAll(marker)], place = icons.indexOf(event.target);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, " ": 0 }[event.key];
    if (place < 0 || by === undefined) return;
    event.preventDefault();
    if (!by) return icons[place].click();
    const next = icons.at((place + by) % icons.length);
    icons[place].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

function handFocusToPopups(map) {
  const container = map.getContainer();
  map.on("popupopen", ({ popup }) => {
    const box = popup.getElement();
    const content = box.querySelector(".leaflet-popup-content");
    const close = box.querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", _("Schließen"));
    content.tabIndex = -1;
    content.setAttribute("role", "group");
    content.setAttribute("aria-label", content.querySelector("p")?.textContent ?? "");
    content.focus({ preventScroll: true });
  });
  map.on("popupclose", ({ popup }) => {
    const inside = popup.getElement()?.contains(document.activeElement);
    if (!inside && document.activeElement !== document.body) return;
    const icon = popup._source?.getElement?.();
    (icon?.matches('[role="button"]') && icon.isConnected ? icon : container).focus({ preventScroll: true });
  });
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !container.querySelector(".leaflet-popup")) return;
    event.stopPropagation();
    map.closePopup();
  });
}

function keepSize(map) {
  const observer = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  observer.observe(map.getContainer());
  map.on("unload", () => observer.disconnect());
}

// Names give way to markers and to each other until one comes nearer; areas first, which may stand a little aside.
const ASIDE = [0, -1, 1, -2, 2].flatMap((x) => [0, -1, 1, -2, 2, -3, 3].map((y) => [x, y]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
function hideCoveredNames(map) {
  let frame = 0;
  const tidy = () => {
    const box = map.getContainer(), names = [...box.querySelectorAll(".nr-live__name > span")];
    for (const name of names) {
      name.hidden = false;
      name.style.translate = "";
    }
    // All is measured before anything is written again: so the page is laid out once.
    const { left: start, right: end } = box.getBoundingClientRect();
    const taken = [...box.querySelectorAll('.leaflet-marker-icon[role="button"], .leaflet-control-scale-line')]
      .map((one) => one.getBoundingClientRect());
    const measured = names.map((name) => [name, !name.className, name.getBoundingClientRect()]);
    for (const [name, area, { x: left, y: top, width, height }] of measured.sort(([, a], [, b]) => b - a)) {
      const places = (area ? ASIDE : [[0, 0]]).map((steps) => steps.map((count) => count * (height / 2 + 4)));
      const free = places.map(([x, y]) => new DOMRect(left + x, top + y, width, height)).find((place) =>
        !(area && (place.left < start || place.right > end)) && !taken.some((other) => place.left < other.right
          && place.right > other.left && place.top < other.bottom && place.bottom > other.top));
      name.hidden = !free;
      if (!free) continue;
      name.style.translate = `${free.x - left}px ${free.y - top}px`;
      taken.push(free);
    }
  };
  const later = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tidy);
  };
  map.on("zoomend viewreset resize nr-names", later);
  map.whenReady(later);
}

// What lies below all maps.
export const loadGround = () => once("ground", async () => {
  const answer = await fetch(new URL("../maps/ground.json", here));
  if (!answer.ok) throw new Error("nahraum: the ground of maps could not be loaded");
  return answer.json();
});

// Names of streets, water and what else shows the way: those that count most first, where they have room. Nobody can
// tap them. With `nameOf` (an id and a name in, what the page calls it out) the areas have names too.
export function nameGround(L, map, { names = [], areas = [] }, nameOf = null) {
  const there = L.layerGroup().addTo(map);
  const named = nameOf ? levelsOf(areas, nameOf) : [];
  const draw = () => {
    const view = map.getBounds();
    const metres = metresAPixel(map);
    map.getContainer().classList.toggle("nr-live--wide", metres > WIDE);
    map.getContainer().classList.toggle("nr-live--far", metres > FAR);
    const isSmall = ([name, , , , , room, furthest]) =>
      (furthest && metres > furthest) || (room && room / metres < name.length * LETTER);
    const fits = (row) => !(row[1] && isSmall(row)) && view.contains([row[3], row[2]]);
    there.clearLayers();
    for (const row of [...fitting(named, metres), ...names].filter(fits).slice(0, MOST_NAMES)) {
      const [name, look, lon, lat, turn, room] = row;
      const text = element("span", { class: look ? `nr-live__${look}` : null }, name);
      // What has no room of its own, a building, bears its name below.
      text.style.transform = room ? `translate(-50%, -50%) rotate(${turn}deg)` : "translate(-50%, 60%)";
      const icon = L.divIcon({ html: text, className: "nr-live__name", iconSize: [0, 0] });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(there);
    }
    map.fire("nr-names");
  };
  map.on("moveend", draw);
  map.whenReady(draw);
}

// Areas by level, the widest first, as rows like those of other names.
function levelsOf(areas, nameOf) {
  const levels = [];
  for (const [level, id, name, lon, lat, room] of areas) {
    (levels[level] ??= []).push([nameOf(id, name), "", lon, lat, 0, room]);
  }
  return levels.filter(Boolean); // a level of which no area can be named is left out
}

// One level at a time: the finest of which most names have room.
function fitting(levels, metres) {
  const hasRoom = ([name, , , , , room]) => room / metres > Math.min(name.length * LETTER, WIDEST);
  const roomy = (rows) => rows.filter(hasRoom).length * 3 > rows.length * 2;
  return [...levels].reverse().find(roomy) ?? levels[0] ?? [];
}

function metresAPixel(map) {
  return (40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
}

export const credit = (text) => element("p", { class: "nr-map__credit" }, text);

// Builds what stands around a map: a link that skips it, the element for Leaflet, and buttons for zoom and moving.
export function buildFrame({ title, after }) {
  const skip = element("a", { class: "nr-map__skip", href: `#${after}` }, _("Karte überspringen"));
  const region = element("div", { role: "region", "aria-label": title });
  const tools = element("div", { class: "nr-map__tools", role: "group", "aria-label": _("Karte bedienen") });
  return { frame: element("div", { class: "nr-map__live" }, skip, region, tools), element: region, tools };
}

export function addTools(map, tools, home, room = {}) {
  const step = () => Math.max(80, map.getSize().x / 4);
  const buttons = [
    ["+", _("Näher heran"), () => map.zoomIn()],
    ["−", _("Weiter weg"), () => map.zoomOut()],
    ["←", _("Nach links"), () => map.panBy([-step(), 0])],
    ["→", _("Nach rechts"), () => map.panBy([step(), 0])],
    ["↑", _("Nach oben"), () => map.panBy([0, -step()])],
    ["↓", _("Nach unten"), () => map.panBy([0, step()])],
  ].map(([sign, name, act]) => tool(tools, sign, name, act));
  tool(tools, "⤢", _("Ganze Karte"), () => map.fitBounds(home(), room));
  const atEnds = () => {
    // Not `disabled`: a button that vanishes under one's finger would lose the focus.
    buttons[0].setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
    buttons[1].setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
  };
  map.on("zoomend", atEnds);
  map.whenReady(atEnds);
}

// A background from a tile server: after a click that says who learns what, or at once from the site itself.
export function offerBasemap(L, map, tools, { tiles, tilesHost, credit: whose }) {
  if (!tiles) return;
  const load = () => {
    const layer = L.tileLayer(tiles, { maxZoom: map.getMaxZoom(), referrerPolicy: "no-referrer" });
    layer.addTo(map);
    map.getContainer().classList.add("nr-live--tiles");
    tools.append(credit(whose));
  };
  if (!tilesHost) {
    load();
    return;
  }
  const host = tilesHost.replace("{s}.", "");
  const note = credit(_("Die Hintergrundkarte kommt von {host}. Dort wird Ihre Internetadresse bekannt.", { host }));
  const button = tool(tools, _("Hintergrundkarte laden"), "", () => {
    load();
    button.remove();
    note.remove();
    map.getContainer().focus();
  });
  tools.append(note);
}

const tool = (tools, sign, name, act) => tools.appendChild(
  element("button", { type: "button", "aria-label": name || null, title: name || null, onclick: act }, sign));

// Puts a moving map in place of a drawing.
export async function open(figure, drawing, button) {
  const source = new URL(`../maps/${figure.dataset.nrMap}.js?v=${figure.dataset.version}`, here).href;
  const [L, module] = await Promise.all([loadLeaflet(), import(source)]);
  const ground = module.grounded ? await loadGround() : { features: [] };
  const after = figure.querySelector("figcaption").id;
  const { frame, element: place, tools } = buildFrame({ title: figure.dataset.title, after });
  drawing.before(frame);
  const bar = button.closest(".nr-map__bar");
  let map;
  try {
    map = module.default(L, place, popupContent, ground);
  } catch (error) {
    frame.remove();
    throw error;
  }
  const home = () => map.options.home;
  frame.querySelector(".leaflet-control-layers-toggle")?.setAttribute("title", _("Was die Karte zeigt"));
  map.fitBounds(home(), { animate: false });
  map.setMinZoom(map.getZoom() - 0.5);
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
  if (waited) place.focus();
}
