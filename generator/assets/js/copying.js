// Puts a text where it can be pasted from. Tells whether the browser lets it.
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    console.info("nahraum: no clipboard", error.name);
    return false;
  }
}
