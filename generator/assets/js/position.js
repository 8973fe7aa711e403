// One's own position, asked for only after a click; and the areas around a point. Both stay in the browser.
import { metres } from "./offers.js";
import { _ } from "./words.js";

// {point: [longitude, latitude], accuracy: metres}; an Error with words for people where there is none.
export function ownPosition() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(
      new Error(_("Ihr Gerät kann den Standort nicht bestimmen. Geben Sie die Straße ein.")));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ point: [coords.longitude, coords.latitude], accuracy: coords.accuracy }),
      ({ code, PERMISSION_DENIED }) => reject(new Error(code === PERMISSION_DENIED
        ? _("Der Standort ist nicht freigegeben. Geben Sie die Straße ein.")
        : _("Der Standort lässt sich gerade nicht bestimmen. Geben Sie die Straße ein."))),
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
export function inside([x, y], rings) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i], [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

// Metres from a point to the nearest border of an area.
export function toBorder(point, rings) {
  const squeeze = Math.cos(point[1] * Math.PI / 180);
  let best = Infinity;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[j], [bx, by] = ring[i];
      const dx = (bx - ax) * squeeze, dy = by - ay;
      const length = dx * dx + dy * dy;
      const part = length
        ? Math.max(0, Math.min(1, ((point[0] - ax) * squeeze * dx + (point[1] - ay) * dy) / length)) : 0;
      best = Math.min(best, metres(point, [ax + part * (bx - ax), ay + part * (by - ay)]));
    }
  }
  return best;
}

// Ids of the areas a point may lie in: those around it, and those whose border is nearer than the position is certain.
export function areasAt(point, accuracy, shapes, ids) {
  const doubt = Math.min(Math.max(accuracy, 15), 300);
  const within = [], near = [];
  for (const id of ids) {
    const rings = shapes.get(id);
    if (!rings) continue;
    if (inside(point, rings)) within.push(id);
    else if (toBorder(point, rings) < doubt) near.push(id);
  }
  return { within, near };
}
