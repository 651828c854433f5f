// Completes what is typed over names and terms of every language: accents and case do not matter, and each typed
// word may be the beginning of any word.

const LETTERS = { ß: "ss", œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

function searchable(text) {
  return folded(text)
    .replace(/[ßœæøłđðþı]/g, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

class SearchIndex {
  constructor(scene) {
    this.scene = scene;
    this.entries = [];
    scene.picture.name.forEach((name, number) => {
      this.add(name, "", number, true);
      for (const [text, language] of scene.picture.terms[number]) this.add(text, language, number, false);
    });
  }

  add(text, language, number, isName) {
    const key = searchable(text);
    if (key) this.entries.push({ text, language, number, isName, key: ` ${key}` });
  }

  // The shown records that match, the best first: {number, text, language, isName} of each one's best term.
  find(query, limit) {
    const whole = searchable(query);
    const words = whole.split(" ").filter(Boolean);
    if (!words.length) return [];
    const begins = words.map((word) => (UNSPACED.test(word) ? word : ` ${word}`));
    const best = new Map();
    for (const entry of this.entries) {
      if (!this.scene.shown[entry.number] || !begins.every((word) => entry.key.includes(word))) continue;
      const rank = this.rank(entry, whole);
      const before = best.get(entry.number);
      if (!before || rank < before.rank) best.set(entry.number, { ...entry, rank });
    }
    const { priority } = this.scene.picture;
    return [...best.values()]
      .sort((a, b) => a.rank - b.rank || priority[b.number] - priority[a.number] || a.number - b.number)
      .slice(0, limit);
  }

  rank({ key, isName }, whole) {
    const own = isName ? 0 : 1;
    if (key === ` ${whole}`) return own;
    if (key.startsWith(` ${whole}`)) return 2 + own;
    return key.includes(` ${whole}`) ? 4 + own : 6 + own;
  }
}
