// Sets of offers as bits, so that filters over thousands of offers combine within a millisecond.

export class Bits {
  constructor(size, words = new Uint32Array((size + 31) >> 5)) {
    this.size = size;
    this.words = words;
  }

  static all(size) {
    const made = new Bits(size);
    made.words.fill(0xffffffff);
    if (size & 31) made.words[made.words.length - 1] = (1 << (size & 31)) - 1;
    return made;
  }

  static of(size, places) {
    const made = new Bits(size);
    for (const place of places) made.add(place);
    return made;
  }

  static where(size, test) {
    const made = new Bits(size);
    for (let place = 0; place < size; place++) if (test(place)) made.add(place);
    return made;
  }

  static union(size, sets) {
    return sets.reduce((all, one) => all.or(one), new Bits(size));
  }

  add(place) {
    this.words[place >> 5] |= 1 << (place & 31);
  }

  has(place) {
    return (this.words[place >> 5] >>> (place & 31) & 1) === 1;
  }

  and(other) {
    return new Bits(this.size, this.words.map((word, at) => word & other.words[at]));
  }

  or(other) {
    return new Bits(this.size, this.words.map((word, at) => word | other.words[at]));
  }

  without(other) {
    return new Bits(this.size, this.words.map((word, at) => word & ~other.words[at]));
  }

  equals(other) {
    return this.words.every((word, at) => word === other.words[at]);
  }

  // How many are in both sets.
  common(other) {
    let sum = 0;
    for (let at = 0; at < this.words.length; at++) sum += ones(this.words[at] & other.words[at]);
    return sum;
  }

  get count() {
    let sum = 0;
    for (const word of this.words) sum += ones(word);
    return sum;
  }

  places() {
    const found = [];
    this.words.forEach((word, at) => {
      for (let rest = word; rest; rest &= rest - 1) found.push((at << 5) + 31 - Math.clz32(rest & -rest));
    });
    return found;
  }
}

function ones(word) {
  word -= word >>> 1 & 0x55555555;
  word = (word & 0x33333333) + (word >>> 2 & 0x33333333);
  return Math.imul(word + (word >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
