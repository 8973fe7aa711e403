// A new element: element("p", { class: "…" }, "text", child); attributes that are null or false are left out.
export const element = (name, attributes, ...children) => filled(document.createElement(name), attributes, children);

export function filled(made, attributes = {}, children = []) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
