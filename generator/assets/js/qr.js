// A text in, its QR code (ISO/IEC 18004) as rows of modules or as a drawing out: bytes, versions 1 to 9, correction
// level M. Drawn in the browser, because five thousand files or a picture in every page would weigh more than this
// module. The mask is always the same: choosing the best of eight helps bad scanners on bad prints only.
import { shape } from "./shape.js";

// For each version: correction bytes of a block, data bytes of every block; and the middles of the small squares.
const BLOCKS = [
  [10, [16]], [16, [28]], [26, [44]], [18, [32, 32]], [24, [43, 43]], [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]], [22, [38, 38, 39, 39]], [22, [36, 36, 36, 37, 37]],
];
const SQUARES = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]];
const MARGIN = 4;
const SIZE = "28mm"; // on paper; a module is then at least half a millimetre wide

// Exponents and logarithms of the field with 256 elements.
const EXP = [], LOG = [];
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value;
  LOG[value] = power;
  value = value & 128 ? (value << 1) ^ 0x11d : value << 1;
}
const times = (one, other) => (one && other ? EXP[(LOG[one] + LOG[other]) % 255] : 0);

// What is left when bits are divided by a generator: the correction of format and version.
function remainder(value, generator, degree) {
  for (let bit = 31 - Math.clz32(value); bit >= degree; bit =
    31 - Math.clz32(value)) value ^= generator << (bit - degree);
  return value;
}

function correction(data, size) {
  let generator = [1];
  for (let power = 0; power < size; power++) {
    const next = [...generator, 0];
    generator.forEach((factor, place) => (next[place + 1] ^= times(factor, EXP[power])));
    generator = next;
  }
  const rest = [...data, ...Array(size).fill(0)];
  for (let place = 0; place < data.length; place++) {
    const lead = rest[place];
    generator.forEach((factor, offset) => (rest[place + offset] ^= times(factor, lead)));
  }
  return rest.slice(data.length);
}

function codewords(bytes, version) {
  const [size, blocks] = BLOCKS[version - 1];
  const room = blocks.reduce((sum, block) => sum + block);
  // Mode and length take 12 bits, so every byte is cut in two.
  const data = [0x40 | (bytes.length >> 4)];
  let half = bytes.length & 15;
  for (const byte of bytes) {
    data.push((half << 4) | (byte >> 4));
    half = byte & 15;
  }
  data.push(half << 4);
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  let from = 0;
  const parts = blocks.map((length) => data.slice(from, (from += length)));
  const corrections = parts.map((part) => correction(part, size));
  const woven = (rows) => {
    const longest = Math.max(...rows.map((row) => row.length));
    return Array.from({ length: longest },
      (_, place) => rows.filter((row) => place < row.length).map((row) => row[place])).flat();
  };
  return [...woven(parts), ...woven(corrections)];
}

export function modules(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = 1 + BLOCKS.findIndex(([, blocks]) => blocks.reduce((sum, block) => sum + block) >= bytes.length + 2);
  if (!version) throw new RangeError(`${bytes.length} bytes are too many for a QR code of version 9`);
  const side = 17 + 4 * version;
  const rows = Array.from({ length: side }, () => Array(side).fill(null));
  const set = (row, column, dark) => {
    if (row >= 0 && column >= 0 && row < side && column < side) rows[row][column] = dark ? 1 : 0;
  };

  const square = (row, column, radius, dark) => {
    for (let y = -radius; y <= radius; y++) {
      for (let x = -radius; x <= radius; x++) set(row + y, column + x, dark(Math.max(Math.abs(x), Math.abs(y))));
    }
  };
  for (const [row, column] of [[3, 3], [3, side - 4], [side - 4, 3]]) square(row, column, 4,
    (away) => away !== 2 && away !== 4);
  const middles = SQUARES[version - 1];
  for (const row of middles) {
    for (const column of middles) if (rows[row][column] === null) square(row, column, 2, (away) => away !== 1);
  }
  for (let place = 8; place < side - 8; place++) {
    set(6, place, place % 2 === 0);
    set(place, 6, place % 2 === 0);
  }

  // Level M and mask 0 are five zeros, so only the fixed pattern of the format is left.
  const format = 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const dark = (format >> bit) & 1;
    set(bit < 6 ? bit : bit < 8 ? bit + 1 : side - 15 + bit, 8, dark);
    set(8, bit < 8 ? side - 1 - bit : bit < 9 ? 7 : 14 - bit, dark);
  }
  set(side - 8, 8, true);
  if (version > 6) {
    const told = (version << 12) | remainder(version << 12, 0x1f25, 12);
    for (let bit = 0; bit < 18; bit++) {
      const dark = (told >> bit) & 1, near = Math.floor(bit / 3), far = side - 11 + (bit % 3);
      set(near, far, dark);
      set(far, near, dark);
    }
  }

  const words = codewords(bytes, version);
  let next = 0, upwards = true;
  for (let right = side - 1; right > 0; right -= 2, upwards = !upwards) {
    if (right === 6) right--;
    for (let step = 0; step < side; step++) {
      const row = upwards ? side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (rows[row][column] !== null) continue;
        const bit = next < words.length * 8 ? (words[next >> 3] >> (7 - (next & 7))) & 1 : 0;
        rows[row][column] = bit ^ ((row + column) % 2 === 0 ? 1 : 0);
        next++;
      }
    }
  }
  return rows;
}

// A drawing with a name for those who can't see it.
export function drawing(text, label) {
  const rows = modules(text);
  const side = rows.length + 2 * MARGIN;
  let path = "";
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) path += `M${x + MARGIN} ${y + MARGIN}h1v1h-1z`;
  }));
  return shape(
    "svg", { viewBox: `0 0 ${side} ${side}`, width: SIZE, height: SIZE, role: "img", "aria-label": label,
      class: "nr-qr", "shape-rendering": "crispEdges" },
    shape("path", { d: `M0 0h${side}v${side}H0z`, fill: "#fff" }), shape("path", { d: path, fill: "#000" }),
  );
}
