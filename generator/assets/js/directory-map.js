// The directory's map: entries with a place in, a moving map with clusters out. The list beside it has the same entries.
//
//   const map = await createMap(element, { items, areas, title, after });
//     items: [{id, name, href, lon, lat, group}]; group is an outline from `data-shapes` of the element, or nothing
//     areas: GeoJSON of the areas below (properties.look: classes), or its address
//     title: the map's name; after: id of what follows it, for „Karte überspringen“
//   map.show(ids)       only these entries are on the map; without ids all
//   map.fit(ids)        moves so that these entries are in view; without ids all that are shown
//   map.highlight(id)   marks an entry; without id none
//   map.onSelect(fn)    fn(id) when someone opens an entry
//   map.remove()        takes the map away again
import { addTools, buildFrame, loadLeaflet } from "./map-frame.js";
import { _ } from "./words.js";

const CIRCLE = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z";
const MAX_ZOOM = 18;

export async function createMap(element, { items, areas = null, title = _("Karte der Angebote"), after = "inhalt" }) {
  const L = await loadLeaflet({ clusters: true });
  const ground = typeof areas === "string" ? await fetch(areas).then((answer) => (answer.ok ? answer.json() : null)) : areas;
  const shapes = JSON.parse(element.dataset.shapes ?? "{}");
  const { frame, element: box, tools } = buildFrame({ title, after });
  element.append(frame);

  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, attributionControl: false, maxZoom: MAX_ZOOM, zoomSnap: 0.25 });
  map.once("mousedown", () => map.scrollWheelZoom.enable());
  L.control.scale({ imperial: false }).addTo(map);
  if (ground) L.geoJson(ground, { interactive: false, smoothFactor: 0.5, style: (feature) => ({ className: feature.properties.look }) }).addTo(map);

  const clusters = L.markerClusterGroup({
    maxClusterRadius: 48,
    showCoverageOnHover: false,
    animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    iconCreateFunction: (cluster) => {
      const count = cluster.getChildCount();
      const size = count < 10 ? 38 : count < 100 ? 46 : 54;
      return L.divIcon({ html: String(count), className: "nr-live__cluster", iconSize: [size, size] });
    },
  });
  const listeners = [];
  const markers = new Map();
  for (const item of items) {
    if (!Number.isFinite(item.lon) || !Number.isFinite(item.lat)) continue;
    const icon = L.divIcon({ html: pin(shapes[item.group] ?? CIRCLE), className: "nr-live__pin", iconSize: [34, 34], iconAnchor: [17, 17] });
    const marker = L.marker([item.lat, item.lon], { icon, alt: item.name });
    marker.bindPopup(() => content(item));
    marker.on("popupopen", () => listeners.forEach((tell) => tell(item.id)));
    markers.set(item.id, marker);
  }
  let shown = [...markers.keys()];
  clusters.addLayers([...markers.values()]);
  map.addLayer(clusters);

  const boundsOf = (ids) => {
    const points = ids.filter((id) => markers.has(id)).map((id) => markers.get(id).getLatLng());
    if (points.length) return L.latLngBounds(points).pad(0.1);
    return ground ? L.geoJson(ground).getBounds() : L.latLngBounds([[47.3, 5.9], [55.1, 15]]);
  };
  const fit = (ids = shown) => map.fitBounds(boundsOf(ids), { maxZoom: 15, animate: false });
  fit();
  addTools(map, tools, () => boundsOf(shown));

  let chosen = null;
  const mark = () => {
    for (const icon of box.querySelectorAll(".nr-live__chosen")) icon.classList.remove("nr-live__chosen");
    if (!chosen || !markers.has(chosen)) return;
    const seen = clusters.getVisibleParent(markers.get(chosen));
    seen?.getElement()?.classList.add("nr-live__chosen");
  };
  clusters.on("animationend", mark);
  map.on("moveend layeradd", mark);

  return {
    show(ids = [...markers.keys()]) {
      shown = ids.filter((id) => markers.has(id));
      clusters.clearLayers();
      clusters.addLayers(shown.map((id) => markers.get(id)));
    },
    fit,
    highlight(id = null) {
      chosen = id;
      mark();
    },
    onSelect(tell) {
      listeners.push(tell);
    },
    remove() {
      map.remove();
      frame.remove();
    },
  };
}

function pin(outline) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1 -1 26 26");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}

function content({ name, href }) {
  const line = document.createElement("p");
  const link = document.createElement(href ? "a" : "strong");
  if (href) link.href = href;
  link.textContent = name;
  line.append(link);
  return line;
}
