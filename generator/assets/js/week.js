// The poster of an area's week: a button that prints. Which size of paper, the page knows by itself.
for (const button of document.querySelectorAll("[data-print-poster]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
