// The poster of an area's week: one button for each size of paper. What it shows is on the page.
import "./offer.js"; // the QR code on paper

for (const button of document.querySelectorAll("[data-print-size]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => {
    document.querySelector(".nr-week").classList.toggle("nr-week--large", button.dataset.printSize === "A3");
    window.print();
  });
}
