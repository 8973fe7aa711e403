// One's own position, asked for only after a click; and the areas around a point. Both stay in the browser.
import { _ } from "./words.js";

const without = (told) => Object.assign(new Error(told), { told });
export const unknown = () =>
  _("Der Standort lässt sich gerade nicht bestimmen. Geben Sie die Straße ein.");

// {point: [longitude, latitude], accuracy: metres}; an Error where there is none, with words for people (`told`).
export function ownPosition() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(
      without(_("Ihr Gerät kann den Standort nicht bestimmen. Geben Sie die Straße ein.")));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ point: [coords.longitude, coords.latitude], accuracy: coords.accuracy }),
      ({ code, PERMISSION_DENIED }) => reject(without(code === PERMISSION_DENIED
        ? _("Der Standort ist nicht freigegeben. Geben Sie die Straße ein.")
        : unknown())),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });
}

// Outlines as rings of points, from the file of generator/render/data_files/browser_files.py.
export function readShapes(file) {
  return new Map(Object.entries(file).map(([id, rings]) => [id, rings.map((numbers) => {
    let x = 0, y = 0;
    const points = [];
    for (let at = 0; at < numbers.length; at += 2) points.push([(x += numbers[at]) / 1e5,
      (y += numbers[at + 1]) / 1e5]);
    return points;
  })]));
}

// Even-odd rule over all rings, so holes are outside (Shimrat 1962).
function inside([x, y], rings) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i], [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

const AROUND = 24; // directions in which it is asked what lies so far off
const DEGREE = 111195; // metres of latitude

// Ids of the areas a point may lie in: those around it, and those that begin nearer than the position is certain.
export function areasAt(point, accuracy, shapes, ids) {
  const doubt = Math.min(Math.max(accuracy, 15), 300) / DEGREE, squeeze = Math.cos(point[1] * Math.PI / 180);
  const around = Array.from({ length: AROUND }, (_none, nth) => 2 * Math.PI * nth / AROUND)
    .map((turn) => [point[0] + doubt * Math.cos(turn) / squeeze, point[1] + doubt * Math.sin(turn)]);
  const there = (id, points) => points.some((one) => inside(one, shapes.get(id) ?? []));
  const within = ids.filter((id) => there(id, [point]));
  return { within, near: ids.filter((id) => !within.includes(id) && there(id, around)) };
}
