// What people press, choose from and read beside it. `look` of a button is its class; most are quiet.
import { element } from "./element.js";

export const button = (look, onclick, ...children) =>
  element("button", { type: "button", class: look, onclick }, ...children);
export const quiet = (onclick, ...children) => button("nr-button nr-button--quiet", onclick, ...children);
export const plain = (onclick, ...children) => button("nr-button nr-button--plain", onclick, ...children);
export const labelled = (label, field, ...more) =>
  element("div", { class: "nr-field" }, element("label", { for: field.id }, label), ...more, field);
export const small = (...words) => element("p", { class: "nr-small" }, ...words);
export const hidden = (...words) => element("span", { class: "nr-vh" }, ...words);
