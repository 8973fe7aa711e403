// What is said about the buttons of an element stands below it, in one place whoever says it.
export function statusAfter(element) {
  if (element.nextElementSibling?.matches(".nr-status.nr-screen")) return element.nextElementSibling;
  const status = document.createElement("p");
  status.className = "nr-status nr-screen";
  status.setAttribute("role", "status");
  element.after(status);
  return status;
}
