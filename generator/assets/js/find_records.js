// Records in YAML and a readable mail from what a form says of the social space. Knows no page.
//
// `check` passes what is written here (tests/browser/test_finding.py): texts stand in double quotes and hold only what
// can be seen, ids come from the form's choices. What tells who somebody is isn't written: `trouble` says so.

const LONGEST = { name: 100, summary: 300, what: 200, hours: 200, street: 80, number: 10, town: 60 };

// One line that everybody sees as it is: nothing that controls, hides or turns, no half characters, no HTML.
export function clean(text, longest = 300) {
  const seen = (text ?? "").normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, " ")
    .replaceAll("<", "‹").replaceAll(">", "›").replaceAll("[[", "[ [");
  const letters = [...seen.replace(/\s+/gu, " ").trim()].slice(0, longest).join("").trim();
  return /[\p{L}\p{N}]/u.test(letters) ? letters : "";
}

// Words that stand for something to come; a record with them is no record.
const PLACEHOLDER = /\b(?:TODO|FIXME|TBD|lorem ipsum|xxx+|Text folgt|Platzhalter)\b/i;
const PERSON = [
  /[^\s@]@[^\s@]/, // a mail address
  /(?:\+49|0049|0)[\s(]*0?\)?\s?1[567]\d[\s/-]*\d/, // a mobile number
  /(?:^|[^\p{L}])(?:Frau|Herrn?|Fr\.|Hr\.|Familie|Mutter|Vater|Kind)\s+(?:(?:Dr|Prof)\.\s+)*\p{Lu}/u,
  /(?:geb\.|geboren|Geburts(?:datum|tag)|\*)[\s:]*(?:am\s*)?\d/iu,
  /\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d/,
];

// What keeps a text out of a record: "person", "placeholder", or nothing.
export function trouble(text) {
  const said = clean(text);
  if (PERSON.some((pattern) => pattern.test(said))) return "person";
  return PLACEHOLDER.test(said) ? "placeholder" : "";
}

export const half = (day) => `${day.getFullYear()}-${day.getMonth() < 6 ? 1 : 2}`;
// Landlines and service numbers; what is none stays in the mail, where somebody reads it.
export const number = (text) => /^(?:\+49|0)[1-9][\d ()/-]{4,18}\d$/.test(clean(text))
  && clean(text).replace(/\D/g, "").length <= 15 && !trouble(text) ? clean(text) : "";

export function slug(name) {
  const plain = name.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue")
    .replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50).replace(/-$/, "") || "ohne-namen";
}

// What JSON calls a text is one in YAML's double quotes.
const text = (values, name) => {
  const seen = clean(values[name], LONGEST[name]);
  return seen && JSON.stringify(seen);
};
const lines = (fields, start = "") => Object.entries(fields).filter(([, value]) => value)
  .map(([key, value]) => `${start}${key}:${value.startsWith("\n") ? "" : " "}${value}`).join("\n");
const listed = (id) => id ? `[${id}]` : "";

// What several forms ask for, as a record has it.
const said = (values) => ({
  name: text(values, "name"), summary: text(values, "summary"), kind: values.kind, topics: listed(values.topic),
  spaces: listed(values.space), contact: number(values.phone) && `{phone: ${JSON.stringify(number(values.phone))}}`,
});
const record = (folder, name, fields) =>
  ({ path: `${folder}/fund-${slug(clean(name, LONGEST.name))}.yml`, text: `${lines(fields)}\n` });

// Each gives the files of one form, none where something needed is missing.
export const RECORDS = {
  // Counted by half-year and never by case.
  need(values, today = new Date()) {
    const { name, topics, spaces } = said(values);
    if (!name || !topics) return [];
    const [low, high] = [values.from, values.to].map((age) => /^\d{1,2}$/.test(age ?? "") ? Number(age) : null);
    const ages = low !== null && high !== null && low <= high && high <= 27 ? `${low}-${high}` : "";
    const named = `\n  - {half_year: ${half(today)}, source: ${values.source}, times: 1}`;
    return [record("needs", values.name, { name, spaces, topics, ages, named })];
  },

  offer(values) {
    const { name, summary, kind, topics, spaces, contact } = said(values), { other } = values;
    if (!name || !summary || !kind || !topics || !(values.provider || clean(other))) return [];
    const unlisted = values.provider ? []
      : [record("providers", other, { name: text({ name: other }, "name"), kind: "unknown" })];
    const provider = values.provider || `fund-${slug(clean(other, LONGEST.name))}`;
    return [...unlisted, record("offers", values.name,
      { name, summary, kind, provider, topics, spaces, hours_note: text(values, "hours"), contact })];
  },

  place(values) {
    const { name, summary, kind, spaces, contact } = said(values);
    if (!name || !kind) return [];
    const [street, house, town] = ["street", "number", "town"].map((one) => text(values, one));
    const postcode = /^\d{5}$/.test(clean(values.postcode)) && text(values, "postcode");
    const address = street && postcode && town && `\n${lines({ street, number: house, postcode, town }, "  ")}`;
    return [record("places", values.name, { name, kind, summary, address, spaces, contact })];
  },

  contact(values) {
    const { name, summary, kind, spaces, contact } = said(values), what = text(values, "what");
    if (!name || !kind) return [];
    const gift = what && values.gift && `\n  - what: ${what}\n    kind: ${values.gift}`;
    return [record("providers", values.name, { name, kind, summary, contact, spaces, can_give: gift })];
  },
};

function base64(said) {
  const binary = String.fromCharCode(...new TextEncoder().encode(said));
  return btoa(binary).replace(/.{76}/g, "$&\r\n");
}

// A mail that a mail program opens as a draft, the files attached.
export function mail({ to, subject, text: said, files }) {
  const edge = "----nahraum-fund";
  const part = (type, content, name = "") => [
    `--${edge}`, `Content-Type: ${type}; charset=utf-8${name ? `; name="${name}"` : ""}`,
    "Content-Transfer-Encoding: base64",
    ...(name ? [`Content-Disposition: attachment; filename="${name}"`] : []), "", base64(content),
  ];
  return [
    `To: ${to}`, `Subject: =?utf-8?B?${base64(subject).replaceAll("\r\n", "")}?=`, "X-Unsent: 1", "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${edge}"`, "",
    ...part("text/plain", said),
    ...files.flatMap(({ path, text: yaml }) => part("application/yaml", yaml, path.split("/").at(-1))),
    `--${edge}--`, "",
  ].join("\r\n");
}
