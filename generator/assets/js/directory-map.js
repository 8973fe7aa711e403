// The directory's map: entries in clusters on a moving map. The list beside it has the same entries.
import { element } from "./element.js";
import { shape } from "./shape.js";
import { addTools, buildFrame, credit, loadGround, loadLeaflet, nameGround, offerBasemap } from "./map-frame.js";
import { pause } from "./pause.js";
import { _ } from "./words.js";

const CIRCLE = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z";
const MAX_ZOOM = 18;
const NEAR = 64; // pixels: entries closer than this are one bundle
const ROOM = { padding: [24, 24] }; // pixels: half a marker and a little
const BATCH = 16; // markers that are put on the map before others have their turn

// `items` are [{id, name, href, text, group, point}], of which `group` names a shape of the place's legend and
// `text` says what that stands for; `after` the id of what follows the map; `nameOf` says what an area is called here.
// Gives `show(ids)`, `fit(ids)` and `home()`.
export async function createMap(place, { items, after, nameOf, onSelect }) {
  const [L, ground] = await Promise.all([loadLeaflet(), loadGround()]);
  const shapes = Object.fromEntries([...place.querySelectorAll("[data-group]")].map((one) =>
    [one.dataset.group, one.querySelector("path").getAttribute("d")]));
  const { frame, element: box, tools } = buildFrame({ title: _("Karte der Angebote"), after });
  place.prepend(frame);

  const map = L.map(box,
    { zoomControl: false, scrollWheelZoom: false, attributionControl: false, maxZoom: MAX_ZOOM, zoomSnap: 0.1 });
  L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
  await pause();
  const below = L.geoJson(ground,
    { interactive: false, smoothFactor: 0.5, style: (feature) => ({ className: feature.properties.look }) }).addTo(map);

  const entries = new Map(items.filter(({ point }) => point.every(Number.isFinite)).map((item) => {
    const place = L.latLng(...[...item.point].reverse());
    return [item.id, { item, place, ...L.CRS.EPSG3857.latLngToPoint(place, 0) }];
  }));
  let shown = [...entries.values()];
  const drawn = new Map(); // what is on the map: [marker, entries in it] by a key that says where and what

  const pinOf = (entry) => {
    const icon = L.divIcon({ html: pin(shapes[entry.item.group] ?? CIRCLE), className: "nr-live__pin",
      iconSize: [34, 34] });
    const { name } = entry.item;
    const marker = L.marker(entry.place, { icon, alt: name, title: name });
    marker.bindPopup(() => content([entry.item]));
    marker.on("popupopen", () => onSelect?.(entry.item.id));
    return marker;
  };
  // A bundle that comes apart leads nearer; one that never will says who is there.
  const bundleOf = ({ members, x, y }) => {
    const count = members.length;
    const place = L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0);
    const together = map.getZoom() >= MAX_ZOOM
      || members.every((entry) => Math.hypot(entry.x - x, entry.y - y) * 2 ** MAX_ZOOM < NEAR / 2);
    const alt = together ? _("{n} Einträge an diesem Ort", { n: count }) : _("{n} Einträge, näher heran", { n: count });
    const size = count < 10 ? 38 : count < 100 ? 46 : 54;
    const icon = L.divIcon({ html: String(count), className: "nr-live__cluster", iconSize: [size, size] });
    const marker = L.marker(place, { icon, alt, title: alt });
    if (together) return marker.bindPopup(() => content(members.map(({ item }) => item), alt));
    const nearer = () => {
      if (document.activeElement === marker.getElement()) box.focus({ preventScroll: true });
      map.fitBounds(boundsOf(members), { ...ROOM, maxZoom: MAX_ZOOM });
    };
    return marker.on({ click: nearer, keypress: ({ originalEvent }) => originalEvent.key === "Enter" && nearer() });
  };

  // Only what is in view and around it, in bundles; then a few markers at a time, so that nobody waits for thousands.
  let drawing = 0;
  const draw = () => {
    const turn = ++drawing;
    const scale = 2 ** map.getZoom();
    const view = map.getPixelBounds();
    const margin = view.getSize().divideBy(4);
    const [low, high] = [view.min.subtract(margin).divideBy(scale), view.max.add(margin).divideBy(scale)];
    const isNear = ({ x, y }) => low.x <= x && x <= high.x && low.y <= y && y <= high.y;
    const wanted = new Map(bundles(shown, NEAR / scale).filter(isNear).map((bundle) => [keyOf(bundle), bundle]));
    const gone = [...drawn].filter(([key]) => !wanted.has(key));
    const coming = [...wanted].filter(([key]) => !drawn.has(key));
    const work = [
      ...gone.map(([key, [marker]]) => () => {
        if (marker.getElement() === document.activeElement) box.focus({ preventScroll: true });
        marker.remove();
        drawn.delete(key);
      }),
      ...coming.map(([key, bundle]) => () => {
        const marker = bundle.members.length > 1 ? bundleOf(bundle) : pinOf(bundle.members[0]);
        drawn.set(key, [marker.addTo(map), bundle.members]);
      }),
    ];
    const step = () => {
      if (turn !== drawing) return;
      for (const task of work.splice(0, BATCH)) task();
      if (work.length) return void pause().then(step);
      map.fire("nr-names");
    };
    step();
  };
  // What is shown and where the map looks often change together: drawn is once, when both are known.
  let waiting = null;
  const drawLater = () => (waiting ??= pause().then(pause).then(() => {
    waiting = null;
    if (box.isConnected) draw();
  }));

  const show = (ids) => {
    shown = ids.flatMap((id) => entries.get(id) ?? []);
    return drawLater();
  };
  const boundsOf = (members) => {
    if (members.length) return L.latLngBounds(members.map(({ place }) => place));
    const area = below.getBounds();
    return area.isValid() ? area : L.latLngBounds(GERMANY);
  };
  // The town, even where entries lie in a corner of it, or far off.
  const home = () => ground.home ? L.latLngBounds(ground.home) : boundsOf(shown);
  const fit = (ids) => go(boundsOf(ids.flatMap((id) => entries.get(id) ?? [])));
  const go = (bounds) => pause().then(() => {
    if (!box.isConnected) return;
    map.invalidateSize({ animate: false }); // it may have been hidden
    map.fitBounds(bounds, { ...ROOM, maxZoom: 15, animate: false });
  });

  map.fitBounds(home(), { ...ROOM, animate: false });
  map.on("moveend", drawLater);

  await pause();
  drawLater();
  await go(home());
  addTools(map, tools, home, ROOM);
  // What the licence of the ground wants to be read beside it.
  if (ground.attribution) tools.append(credit(_("Kartendaten: {credits}", { credits: ground.attribution })));
  nameGround(L, map, ground, nameOf ?? ((_id, name) => name));
  offerBasemap(L, map, tools, place.dataset);
  return { show, fit, home: () => go(home()) };
}

// Entries in, bundles of those that are within `size` of the first of them out, wherever the map looks.
function bundles(entries, size) {
  const cells = new Map(), cell = (column, row) => cells.get(column * 2 ** 24 + row) ?? [];
  for (const entry of entries) {
    const [column, row] = [entry.x, entry.y].map((at) => Math.floor(at / size));
    const around = [column - 1, column, column + 1].flatMap((one) => [-1, 0, 1].flatMap((by) => cell(one, row + by)));
    const near = around.find(({ x, y }) => Math.hypot(entry.x - x, entry.y - y) < size);
    if (near) near.members.push(entry);
    else cells.set(column * 2 ** 24 + row, [...cell(column, row), { x: entry.x, y: entry.y, members: [entry] }]);
  }
  return [...cells.values()].flat();
}

const keyOf = ({ members, x, y }) => members.length > 1 ? `${members.length} ${x} ${y}` : `pin ${members[0].item.id}`;

const GERMANY = [[47.3, 5.9], [55.1, 15]];

const pin = (outline) =>
  shape("svg", { viewBox: "-1 -1 26 26", "aria-hidden": "true" }, shape("path", { d: outline }));

// What a popup says of an entry, or under `title` of several.
function content(items, title) {
  const says = items.map(({ name, href, text }) =>
    [element("a", { href }, name), text ? element("span", { class: "nr-small" }, text) : null].filter(Boolean));
  if (!title) return element("div", {}, ...says.flat().map((part) => element("p", {}, part)));
  const list = element("ul", {}, ...says.map((parts) => element("li", {}, ...parts)));
  return element("div", {}, element("p", {}, element("strong", {}, title)), list);
}

// Offers as entries. Names and addresses of thousands are read when one is drawn.
export function entriesOf(offers, ids, topics, root) {
  return offers.listed.places().flatMap((place) => {
    const point = offers.point(place);
    if (!point) return [];
    const group = offers.situation(place);
    return [{
      id: ids[place],
      point,
      group,
      text: topics?.get(group)?.label,
      get name() { return offers.offer(place).title; },
      get href() { return root + offers.offer(place).url; },
    }];
  });
}
