// A field with a list of options below it, after the ARIA pattern of a combobox: the focus stays in the field, arrows
// lead through the options. Who extends it draws them, and says what is done with one.
export class Combobox {
  constructor(input, list) {
    Object.assign(this, { input, list, options: [], active: -1 });
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id };
    for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);
    this.expand(false);
    input.addEventListener("keydown", (event) => {
      if (!event.isComposing && !event.ctrlKey && !event.metaKey) this.key(event);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  expand(on) {
    this.list.hidden = !on;
    this.input.setAttribute("aria-expanded", String(on));
  }

  point(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // From the field to the first or last option, and past the end back to the field.
  step(by) {
    const places = this.options.length + 1;
    this.point((this.active + 1 + by + places) % places - 1);
  }
}
