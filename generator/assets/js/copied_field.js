// What a field holds, put where it can be pasted from; marked where the browser doesn't let it. `status` tells.
import { copied } from "./copying.js";
import { _ } from "./words.js";

export async function copyField(field, status, told) {
  const done = await copied(field.value);
  status.textContent = done ? told : _("Der Text ist markiert. Kopieren Sie ihn mit der Tastatur oder über das Menü.");
  if (done) return;
  field.hidden = false;
  field.focus();
  field.select();
}
