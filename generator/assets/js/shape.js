// A new element of a drawing, as element.js makes one of a page.
import { filled } from "./element.js";

const SVG = "http://www.w3.org/2000/svg";

export const shape = (name, attributes, ...children) => filled(document.createElementNS(SVG, name),
  attributes, children);
