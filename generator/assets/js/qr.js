// A text in, its QR code as a drawing out, with a name for those who can't see it. Drawn in the browser: five thousand
// files, or a picture in every page, would weigh more.
import { correction, generate } from "lean-qr/nano";
import { toSvgPath } from "lean-qr/extras/svg";
import { shape } from "./shape.js";

const MARGIN = 4;
const SIZE = "28mm"; // on paper; a module is then at least half a millimetre wide

export const coded = (text) => generate(text, { minCorrectionLevel: correction.M });

export function drawing(text, label) {
  const code = coded(text), side = code.size + 2 * MARGIN;
  const looks = { class: "nr-qr", width: SIZE, height: SIZE, "shape-rendering": "crispEdges" };
  return shape("svg", { ...looks, viewBox: `${-MARGIN} ${-MARGIN} ${side} ${side}`, role: "img", "aria-label": label },
    shape("rect", { x: -MARGIN, y: -MARGIN, width: side, height: side, fill: "#fff" }),
    shape("path", { d: toSvgPath(code), fill: "#000" }));
}
