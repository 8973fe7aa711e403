// Puts a file onto the device, from what it holds.
import { element } from "./element.js";

export function download(name, held, type) {
  const href = URL.createObjectURL(held instanceof Blob ? held : new Blob(held, { type }));
  element("a", { href, download: name }).click();
  URL.revokeObjectURL(href);
}
