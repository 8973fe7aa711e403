// The directory's map: entries in clusters on a moving map. The list beside it has the same entries.
import { element } from "./element.js";
import { shape } from "./shape.js";
import { addTools, buildFrame, creditGround, loadGround, loadLeaflet, nameGround, offerBasemap } from "./map-frame.js";
import { pause } from "./pause.js";
import { _ } from "./words.js";

const CIRCLE = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z";
const MAX_ZOOM = 18;
const CELL = 64; // pixels: entries closer than about this are one bundle
// A few entries of one house stand around it, where nothing else is near enough to be covered.
const FEW = 5, CLOSE = 16; // entries, and the zoom from which on
const SIDE = 38, FREE = 112; // pixels from one marker to the next, and from the house to others
const ROOM = { padding: [24, 24] }; // pixels: half a marker and a little
const BATCH = 16; // markers that are put on the map before others have their turn

// `items` are [{id, name, href, text, group, point}], of which `group` names an outline in the place's `data-shapes`
// and `text` says what that stands for; `areas` the ground or its address, `after` the id of what follows the map;
// `nameOf` says what an area is called here. Gives `show(ids)`, `fit(ids)`, `home()` and `highlight(id)`.
export async function createMap(place, { items, areas, after, nameOf, onSelect }) {
  const [L, ground] = await Promise.all([loadLeaflet(), loadGround(areas)]);
  const shapes = JSON.parse(place.dataset.shapes ?? "{}");
  const { frame, element: box, tools } = buildFrame({ title: _("Karte der Angebote"), after });
  place.append(frame);

  const map = L.map(box,
    { zoomControl: false, scrollWheelZoom: false, attributionControl: false, maxZoom: MAX_ZOOM, zoomSnap: 0.1 });
  map.once("mousedown", () => map.scrollWheelZoom.enable());
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
  let chosen = null;

  const pinOf = (entry, [x, y]) => {
    const icon = L.divIcon({ html: pin(shapes[entry.item.group] ?? CIRCLE, x, y), className: "nr-live__pin",
      iconSize: [34, 34], iconAnchor: [17 - x, 17 - y], popupAnchor: [x, y] });
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
    const together = map.getZoom() >= MAX_ZOOM || inOneSpot({ members, x, y });
    const alt = together ? _("{n} Einträge an diesem Ort", { n: count }) : _("{n} Einträge, näher heran", { n: count });
    const marker = L.marker(place, { icon: clusterIcon(L, count), alt, title: alt });
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
    const near = shown.filter(({ x, y }) => low.x <= x && x <= high.x && low.y <= y && y <= high.y);
    const groups = bundles(near, CELL / scale);
    const wanted =
      new Map((map.getZoom() < CLOSE ? groups : spread(groups, FREE / scale)).map((group) => [keyOf(group), group]));
    const gone = [...drawn].filter(([key]) => !wanted.has(key));
    const coming = [...wanted].filter(([key]) => !drawn.has(key));
    const work = [
      ...gone.map(([key, [marker]]) => () => {
        if (marker.getElement() === document.activeElement) box.focus({ preventScroll: true });
        marker.remove();
        drawn.delete(key);
      }),
      ...coming.map(([key, group]) => () => {
        const marker = group.members.length > 1 ? bundleOf(group) : pinOf(group.members[0], group.aside ?? [0, 0]);
        drawn.set(key, [marker.addTo(map), group.members]);
      }),
    ];
    const step = () => {
      if (turn !== drawing) return;
      for (const task of work.splice(0, BATCH)) task();
      if (work.length) return void pause().then(step);
      mark();
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

  const mark = () => {
    for (const icon of box.querySelectorAll(".nr-live__chosen")) icon.classList.remove("nr-live__chosen");
    const found = chosen && [...drawn.values()].find(([, members]) => members.some(({ item }) => item.id === chosen));
    found?.[0].getElement()?.classList.add("nr-live__chosen");
  };
  map.fitBounds(home(), { ...ROOM, animate: false });
  map.on("moveend", drawLater);

  await pause();
  drawLater();
  await go(home());
  addTools(map, tools, home, ROOM);
  creditGround(tools, ground);
  nameGround(L, map, ground, nameOf ?? ((_id, name) => name));
  offerBasemap(L, map, tools, place.dataset);
  return {
    show,
    fit,
    home: () => go(home()),
    highlight(id = null) {
      chosen = id;
      mark();
    },
  };
}

// Entries in, bundles of those that are close together out: first by the cells of a grid that doesn't move with the
// view, then smaller ones go into a larger one beside them. `size` is a cell's side, in the unit of x and y.
function bundles(entries, size) {
  const cells = new Map();
  for (const entry of entries) {
    const [column, row] = [entry.x, entry.y].map((at) => Math.floor(at / size));
    const key = `${column} ${row}`;
    if (!cells.has(key)) cells.set(key, { column, row, members: [] });
    cells.get(key).members.push(entry);
  }
  for (const cell of cells.values()) centre(cell);
  const bySize = (one, other) =>
    one.members.length - other.members.length || one.column - other.column || one.row - other.row;
  for (const cell of [...cells.values()].sort(bySize)) {
    let into = null;
    for (let column = cell.column - 1; column <= cell.column + 1; column++) {
      for (let row = cell.row - 1; row <= cell.row + 1; row++) {
        const other = cells.get(`${column} ${row}`);
        if (!other || other === cell || other.members.length < cell.members.length) continue;
        const far = Math.hypot(other.x - cell.x, other.y - cell.y);
        if (far < size * 0.85 && (!into || far < into.far)) into = { other, far };
      }
    }
    if (!into) continue;
    into.other.members.push(...cell.members);
    centre(into.other);
    cells.delete(`${cell.column} ${cell.row}`);
  }
  return [...cells.values()];
}

const inOneSpot =
  ({ members, x, y }) => members.every((entry) => Math.hypot(entry.x - x, entry.y - y) * 2 ** MAX_ZOOM < CELL / 2);

// Bundles, but entries of small ones that never come apart stand around the house, `aside` by so many pixels.
function spread(groups, free) {
  return groups.flatMap((group) => {
    const { members, x, y } = group;
    const count = members.length;
    const isNear = (other) => other !== group && Math.hypot(other.x - x, other.y - y) < free;
    if (count < 2 || count > FEW || !inOneSpot(group) || groups.some(isNear)) return [group];
    const away = SIDE / 2 / Math.sin(Math.PI / count);
    return members.map((entry, nth) => {
      const turn = ((nth + 0.5) / count - 0.5) * 2 * Math.PI;
      return { members: [entry], x, y, aside: [Math.round(away * Math.sin(turn)), Math.round(-away * Math.cos(turn))] };
    });
  });
}

function centre(cell) {
  for (const axis of ["x", "y"]) {
    cell[axis] = cell.members.reduce((sum, entry) => sum + entry[axis], 0) / cell.members.length;
  }
}

const keyOf = ({ members, x, y, aside = "" }) => members.length > 1
  ? `${members.length} ${x} ${y}` : `pin ${members[0].item.id} ${aside}`;

const GERMANY = [[47.3, 5.9], [55.1, 15]];

function clusterIcon(L, count) {
  const size = count < 10 ? 38 : count < 100 ? 46 : 54;
  return L.divIcon({ html: String(count), className: "nr-live__cluster", iconSize: [size, size] });
}

// `x` and `y` are the pixels by which it stands beside its house: a line leads there.
function pin(outline, x = 0, y = 0) {
  const unit = 26 / 34, line = `M12 12l${-x * unit} ${-y * unit}`;
  const leader = x || y ? shape("path", { d: line, class: "nr-live__leader" }) : null;
  return shape("svg", { viewBox: "-1 -1 26 26", "aria-hidden": "true" }, leader, shape("path", { d: outline }));
}

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

// Which shape stands for what: of those that the map has, in the order of the choices.
export function legend(place, items, named) {
  const shapes = JSON.parse(place.dataset.shapes ?? "{}");
  const there = new Set(items.map(({ group }) => group));
  const rows = Object.entries(shapes).filter(([group]) => there.has(group) && named?.get(group)?.label);
  if (rows.length < 2) return [];
  const list = element("ul", { class: "nr-legend" }, ...rows.map(([group, outline]) => {
    const svg = pin(outline);
    svg.setAttribute("class", "nr-marker");
    return element("li", {}, svg, named.get(group).label);
  }));
  return [element("details", { class: "nr-more nr-map__shapes" },
    element("summary", {}, _("Was die Formen bedeuten")), list)];
}
