/* A picture of a page (an SVG file) in, a PNG file out: drawn by the browser on a tap, since many programs for texts and slides take no SVG. */

const SHARP = 2; // so many points of the PNG a unit of the SVG

for (const button of document.querySelectorAll("[data-nr-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => save(button.dataset.nrPng));
}

async function save(file) {
  const image = new Image();
  image.src = file;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SHARP;
  canvas.height = image.naturalHeight * SHARP;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => offer(URL.createObjectURL(blob), file.replace(/\.svg$/, ".png")));
}

function offer(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
