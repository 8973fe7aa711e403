/* A picture of a page (SVG) in, a PNG file out, drawn on a tap: many programs for texts and slides take no SVG. */
import { download } from "./download.js";
import { element } from "./element.js";

const SHARP = 2; // so many points of the PNG a unit of the SVG

for (const button of document.querySelectorAll("[data-nr-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => save(button.dataset.nrPng));
}

async function save(file) {
  const image = new Image();
  image.src = file;
  await image.decode();
  const canvas = element("canvas", { width: image.naturalWidth * SHARP, height: image.naturalHeight * SHARP });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => download(file.replace(/\.svg$/, ".png"), blob));
}
