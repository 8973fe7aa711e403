// A topic tapped on a first page is searched there, in its language; without scripts it leads to the German page.
const input = document.getElementById("suche-input");

for (const chip of document.querySelectorAll("[data-search-words] a")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    input.value = chip.textContent;
    input.focus();
    input.dispatchEvent(new Event("input"));
  });
}
