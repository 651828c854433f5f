// The texts of the screen by key, in the language they were given in. WORDS, the English ones, stands before this.

class Wording {
  constructor(words) {
    this.words = { ...WORDS, ...words };
    const language = Intl.getCanonicalLocales(this.safe(this.words.language))[0];
    this.language = language;
    this.hasPlainDigits = /^(de|en|es|fr|it|nl|pt)\b/.test(language);
  }

  // What a language needs is made when first asked for, since that takes longer than drawing a small map.
  get plurals() {
    return (this.madePlurals ||= new Intl.PluralRules(this.language));
  }

  get lists() {
    return (this.madeLists ||= new Intl.ListFormat(this.language));
  }

  get order() {
    return (this.madeOrder ||= new Intl.Collator(this.language, { numeric: true }));
  }

  number(value) {
    if (value < 1000 && Number.isInteger(value) && this.hasPlainDigits) return String(value);
    return (this.madeNumbers ||= new Intl.NumberFormat(this.language)).format(value);
  }

  safe(language) {
    try {
      return Intl.getCanonicalLocales(language)[0] || "en";
    } catch {
      return "en";
    }
  }

  // The text of a key with its {values} filled in; of a pair the one for `values.count`.
  say(key, values = {}) {
    const found = this.words[key];
    const text = Array.isArray(found) ? found[this.plurals.select(values.count) === "one" ? 0 : 1] : found;
    return String(text).replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  // Names as a list, after the first few only how many more.
  names(all, most) {
    if (all.length <= most) return this.lists.format(all);
    return this.say("and-more", { names: all.slice(0, most).join(", "), count: all.length - most });
  }
}
