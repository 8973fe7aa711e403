// A button that does something where it stands: `look` is its class; most are quiet.
import { element } from "./element.js";

export const button = (look, onclick, ...children) =>
  element("button", { type: "button", class: look, onclick }, ...children);
export const quiet = (onclick, ...children) => button("nr-button nr-button--quiet", onclick, ...children);
export const plain = (onclick, ...children) => button("nr-button nr-button--plain", onclick, ...children);
