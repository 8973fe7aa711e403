// What is said about the buttons of an element stands below it, in one place whoever says it.
import { element } from "./element.js";

export function statusAfter(about) {
  if (about.nextElementSibling?.matches(".nr-status.nr-screen")) return about.nextElementSibling;
  const status = element("p", { class: "nr-status nr-screen", role: "status" });
  about.after(status);
  return status;
}
