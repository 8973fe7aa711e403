// The directory's map: entries with a place in, a moving map with clusters out. The list beside it has the same entries.
//
//   const map = await createMap(element, { items, areas, title, after, onHighlight, onSelect });
//     items: [{id, name, href, text, group, lon, lat}], or `point: [lon, lat]` instead of the last two;
//            group names an outline in the element's `data-shapes` (JSON), without it the marker is a circle
//     areas: GeoJSON of what lies below (properties.look: classes) or its address; the site's own ground by default
//     title: the map's name; after: id of what follows it, for „Karte überspringen“
//     onHighlight(id), onSelect(id): someone points at an entry (null: no longer), someone opens one
//   map.update(items)   these entries are on the map from now on; those that stay keep their markers
//   map.show(ids)       only these of the entries; without ids all
//   map.fit(ids)        moves so that these entries are in view; without ids all that are shown
//   map.highlight(id)   marks an entry; without id none
//   map.onSelect(fn)    one more listener
//   map.remove()        takes the map away again
import { addTools, buildFrame, loadLeaflet, offerBasemap } from "./map-frame.js";
import { _ } from "./words.js";

const CIRCLE = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z";
const MAX_ZOOM = 18;
const GROUND = new URL("maps/ground.json", import.meta.url).href;

export async function createMap(element, { items, areas, title = _("Karte der Angebote"), after = "inhalt", onHighlight, onSelect }) {
  const [L, ground] = await Promise.all([loadLeaflet({ clusters: true }), loadGround(areas ?? GROUND)]);
  const shapes = JSON.parse(element.dataset.shapes ?? "{}");
  const { frame, element: box, tools } = buildFrame({ title, after });
  element.append(frame);

  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, attributionControl: false, maxZoom: MAX_ZOOM, zoomSnap: 0.25 });
  map.once("mousedown", () => map.scrollWheelZoom.enable());
  L.control.scale({ imperial: false }).addTo(map);
  const below = L.geoJson(ground, { interactive: false, smoothFactor: 0.5, style: (feature) => ({ className: feature.properties.look }) }).addTo(map);
  const clusters = L.markerClusterGroup({
    maxClusterRadius: 48,
    showCoverageOnHover: false,
    animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    iconCreateFunction: (cluster) => clusterIcon(L, cluster.getChildCount()),
  });

  const selected = onSelect ? [onSelect] : [];
  const markers = new Map();
  const markerOf = (item) => {
    const [lon, lat] = item.point ?? [item.lon, item.lat];
    const icon = L.divIcon({ html: pin(shapes[item.group] ?? CIRCLE), className: "nr-live__pin", iconSize: [34, 34], iconAnchor: [17, 17] });
    const marker = L.marker([lat, lon], { icon, alt: item.name });
    marker.bindPopup(() => content(item));
    marker.on("popupopen", () => selected.forEach((tell) => tell(item.id)));
    marker.on("mouseover", () => onHighlight?.(item.id));
    marker.on("mouseout", () => onHighlight?.(null));
    return marker;
  };

  let shown = [];
  const show = (ids = [...markers.keys()]) => {
    const wanted = new Set(ids.filter((id) => markers.has(id)));
    const before = new Set(shown);
    clusters.removeLayers(shown.filter((id) => !wanted.has(id)).map((id) => markers.get(id)));
    clusters.addLayers([...wanted].filter((id) => !before.has(id)).map((id) => markers.get(id)));
    shown = [...wanted];
  };
  const update = (entries) => {
    const there = entries.filter(({ point, lon, lat }) => (point ?? [lon, lat]).every(Number.isFinite));
    for (const item of there) if (!markers.has(item.id)) markers.set(item.id, markerOf(item));
    show(there.map(({ id }) => id));
  };
  const boundsOf = (ids) => {
    const points = ids.filter((id) => markers.has(id)).map((id) => markers.get(id).getLatLng());
    if (points.length) return L.latLngBounds(points).pad(0.1);
    const area = below.getBounds();
    return area.isValid() ? area : L.latLngBounds(GERMANY);
  };
  const fit = (ids = shown) => map.fitBounds(boundsOf(ids), { maxZoom: 15, animate: false });

  let chosen = null;
  const mark = () => {
    for (const icon of box.querySelectorAll(".nr-live__chosen")) icon.classList.remove("nr-live__chosen");
    if (!chosen || !shown.includes(chosen)) return;
    clusters.getVisibleParent(markers.get(chosen))?.getElement()?.classList.add("nr-live__chosen");
  };
  clusters.on("animationend", mark);
  map.on("moveend", mark);

  map.addLayer(clusters);
  update(items);
  fit();
  addTools(map, tools, () => boundsOf(shown));
  offerBasemap(L, map, tools, element.dataset);
  return {
    update,
    show,
    fit,
    highlight(id = null) {
      chosen = id;
      mark();
    },
    onSelect: (tell) => selected.push(tell),
    remove() {
      map.remove();
      frame.remove();
    },
  };
}

const GERMANY = [
  [47.3, 5.9],
  [55.1, 15],
];

async function loadGround(areas) {
  if (typeof areas !== "string") return areas;
  const answer = await fetch(areas);
  if (!answer.ok) throw new Error(`nahraum: ${areas} could not be loaded`);
  return answer.json();
}

function clusterIcon(L, count) {
  const size = count < 10 ? 38 : count < 100 ? 46 : 54;
  return L.divIcon({ html: String(count), className: "nr-live__cluster", iconSize: [size, size] });
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

function content({ name, href, text }) {
  const box = document.createElement("div");
  const line = document.createElement("p");
  const link = document.createElement(href ? "a" : "strong");
  if (href) link.href = href;
  link.textContent = name;
  line.append(link);
  box.append(line);
  if (text) {
    const more = document.createElement("p");
    more.textContent = text;
    box.append(more);
  }
  return box;
}
