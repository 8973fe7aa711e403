// Offers of the own list in, files out that other programs open: a table (CSV), a document (Word). Nothing is sent.
//
// A row is { name, summary, phone, mail, url, facts: [[term, text], …] }: the facts in their order, empty ones among them.

// A cell that begins like a formula would be one in a table program; a telephone number isn't.
const cell = (text) => {
  const safe = /^[=@\t\r]|^[+-](?![\d\s()/-]*$)/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

export function table(rows, heads) {
  const lines = rows.map(({ name, summary, phone, mail, url, facts }) => [name, summary, phone, mail, ...facts.map(([, text]) => text), url]);
  return `\ufeff${[heads, ...lines].map((line) => line.map((text) => cell(text ?? "")).join(";")).join("\r\n")}\r\n`;
}

// --- a document that Word opens: a zip of a few XML files, stored and not packed ----------------------------------------------------

// What XML can't hold is left out.
// eslint-disable-next-line no-control-regex
const xml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const run = (text, bold = false) => `<w:r>${bold ? "<w:rPr><w:b/></w:rPr>" : ""}<w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
const paragraph = (runs, style = "") => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}${runs}</w:p>`;
const link = (url) => `<w:fldSimple w:instr="${xml(`HYPERLINK "${url}"`)}"><w:r><w:rPr><w:color w:val="0B57D0"/><w:u w:val="single"/></w:rPr><w:t>${xml(url)}</w:t></w:r></w:fldSimple>`;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org";

function body(title, rows, lang) {
  const parts = [paragraph(run(title), "Title")];
  for (const { name, summary, facts, phone, mail, url } of rows) {
    parts.push(paragraph(run(name), "Heading1"));
    if (summary) parts.push(paragraph(run(summary), "Together"));
    const contact = [phone, mail].filter(Boolean).join(" · ");
    if (contact) parts.push(paragraph(run(contact, true), "Together"));
    for (const [term, text] of facts) if (text) parts.push(paragraph(run(`${term}: `, true) + run(text), "Together"));
    parts.push(paragraph(link(url)));
  }
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>';
  const style = (id, name, size, before) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="${before}" w:after="80"/>${id === "Heading1" ? '<w:outlineLvl w:val="0"/>' : ""}</w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`;
  const styles = `<w:styles xmlns:w="${OFFICE}/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="${lang}"/></w:rPr></w:rPrDefault></w:docDefaults>`
    + `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="Together"><w:name w:val="Together"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/></w:pPr></w:style>${style("Title", "Title", 36, 0)}${style("Heading1", "heading 1", 28, 320)}</w:styles>`;
  const types = (name, type) => `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`;
  const relation = (id, type, target) => `<Relationship Id="${id}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  return [
    ["[Content_Types].xml", `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types("document", "document.main")}${types("styles", "styles")}</Types>`],
    ["_rels/.rels", `<Relationships xmlns="${OFFICE}/package/2006/relationships">${relation("rId1", "officeDocument", "word/document.xml")}</Relationships>`],
    ["word/_rels/document.xml.rels", `<Relationships xmlns="${OFFICE}/package/2006/relationships">${relation("rId1", "styles", "styles.xml")}</Relationships>`],
    ["word/document.xml", `<w:document xmlns:w="${OFFICE}/wordprocessingml/2006/main"><w:body>${parts.join("")}${page}</w:body></w:document>`],
    ["word/styles.xml", styles],
  ].map(([name, text]) => [name, new TextEncoder().encode(HEAD + text)]);
}

const CRC = Uint32Array.from({ length: 256 }, (_, number) => {
  let value = number;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
const checksum = (bytes) => ~bytes.reduce((value, byte) => CRC[(value ^ byte) & 255] ^ (value >>> 8), ~0) >>> 0;

// Numbers of two and four bytes, the low one first: [size, value] each.
function packed(...numbers) {
  const bytes = new Uint8Array(numbers.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let place = 0;
  for (const [size, value] of numbers) {
    if (size === 2) view.setUint16(place, value, true);
    else view.setUint32(place, value, true);
    place += size;
  }
  return bytes;
}

const DAY = (1 << 5) | 1; // 1 January 1980: the same list gives the same bytes

function zip(files) {
  const parts = [], directory = [];
  let offset = 0;
  const push = (to, ...blocks) => blocks.forEach((block) => to.push(block));
  for (const [name, bytes] of files) {
    const called = new TextEncoder().encode(name);
    const common = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, DAY], [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, called.length], [2, 0]];
    push(parts, packed([4, 0x04034b50], ...common), called, bytes);
    push(directory, packed([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), called);
    offset += 30 + called.length + bytes.length;
  }
  const size = directory.reduce((sum, block) => sum + block.length, 0);
  return [...parts, ...directory, packed([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0])];
}

export function wordDocument(title, rows, lang) {
  return zip(body(title, rows, lang));
}
