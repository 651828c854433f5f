// The box to ask in: a text box that offers the glossary's terms (ARIA combobox with a listbox).
const MOST = 8;
const BETWEEN = /[,;·|\n]/;

const SPELT = { æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss" };
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase()
  .replace(/[æœøłđðħıß]/g, (letter) => SPELT[letter]).normalize("NFC");
const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

function build(root, id) {
  const label = element("label", { for: `${id}-box` });
  const field = element("div", { class: "ask-field" });
  const box = element("input", {
    id: `${id}-box`, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
  });
  const clear = element("button", { type: "button", class: "ask-clear" }, "×");
  const list = element("ul", { id: `${id}-list`, role: "listbox", hidden: "" });
  const go = element("button", { type: "button", class: "ask-go" });
  const said = element("p", { class: "ask-said", role: "status", "aria-live": "polite" });
  field.append(box, clear, list);
  const row = element("div", { class: "ask-row" });
  row.append(field, go);
  root.append(label, row, said);
  return { label, box, clear, list, go, said };
}

/** The part of the text that is being written, and what stands before it. */
function lastPart(text) {
  let at = text.length;
  while (at > 0 && !BETWEEN.test(text[at - 1])) at -= 1;
  const written = text.slice(at);
  const spaces = written.length - written.trimStart().length;
  return { before: text.slice(0, at + spaces), part: written.trim() };
}

function indexed(terms) {
  return terms.map(([term, language, topic]) => ({ term, language, topic, words: wordsOf(term), folded: fold(term) }));
}

/** Whether a word begins so; in a script without spaces, whether it has that anywhere. */
const begins = (word, written) => (UNSPACED.test(written) ? word.includes(written) : word.startsWith(written));

/** Terms of which every written word begins a word: those that begin with the text first, each topic once before
 * any topic comes again. */
function completed(known, part) {
  const written = wordsOf(part);
  if (!written.length) return [];
  const whole = fold(part);
  const met = [];
  for (const entry of known) {
    if (!written.every((one) => entry.words.some((word) => begins(word, one)))) continue;
    met.push({ entry, rank: entry.folded.startsWith(whole) ? 0 : 1 });
    if (met.length >= 400) break;
  }
  met.sort((a, b) => a.rank - b.rank);
  const seen = new Set();
  const again = [];
  const first = met.filter(({ entry }) => {
    if (!seen.has(entry.topic)) return seen.add(entry.topic);
    again.push({ entry });
    return false;
  });
  return [...first, ...again].slice(0, MOST).map((one) => one.entry);
}

function mount(root, report) {
  const id = `ask-${Math.random().toString(36).slice(2)}`;
  const parts = build(root, id);
  const state = { known: [], offered: [], active: -1, value: null, words: {}, terms: "" };

  const close = () => {
    state.offered = [];
    state.active = -1;
    parts.list.hidden = true;
    parts.list.replaceChildren();
    parts.box.setAttribute("aria-expanded", "false");
    parts.box.removeAttribute("aria-activedescendant");
  };
  const activate = (place) => {
    state.active = place;
    [...parts.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) parts.box.removeAttribute("aria-activedescendant");
    else {
      parts.box.setAttribute("aria-activedescendant", `${id}-${place}`);
      parts.list.children[place].scrollIntoView({ block: "nearest" });
    }
  };
  const ask = () => {
    close();
    state.value = parts.box.value.trim();
    report({ text: state.value, at: Date.now() });
  };
  const take = (place) => {
    const { before } = lastPart(parts.box.value);
    parts.box.value = before + state.offered[place].term;
    ask();
  };
  const offer = () => {
    const { part } = lastPart(parts.box.value);
    state.offered = completed(state.known, part);
    parts.list.replaceChildren(...state.offered.map((entry, place) => {
      const option = element("li", { id: `${id}-${place}`, role: "option", "aria-selected": "false" });
      option.append(element("span", { class: "ask-term" }, entry.term));
      const about = [entry.language, entry.topic === entry.term ? "" : entry.topic].filter(Boolean).join(" · ");
      if (about) option.append(element("span", { class: "ask-about" }, about));
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(place); });
      return option;
    }));
    const open = state.offered.length > 0;
    parts.list.hidden = !open;
    parts.box.setAttribute("aria-expanded", String(open));
    activate(-1);
    const number = state.offered.length;
    if (!part) parts.said.textContent = "";
    else if (number === 0) parts.said.textContent = state.words.none;
    else parts.said.textContent = number === 1 ? state.words.one : state.words.many.replace("{n}", number);
  };
  const step = (by) => {
    if (!state.offered.length) offer();
    if (!state.offered.length) return;
    const places = state.offered.length + 1;
    activate(((state.active + 1 + by + places) % places) - 1);
  };

  parts.box.addEventListener("input", () => { parts.clear.hidden = !parts.box.value; offer(); });
  parts.box.addEventListener("blur", close);
  parts.box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") { if (state.active >= 0) take(state.active); else ask(); } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  parts.go.addEventListener("click", ask);
  parts.clear.addEventListener("click", () => {
    parts.box.value = "";
    parts.clear.hidden = true;
    parts.box.focus();
    ask();
  });

  return (data) => {
    state.words = data.words;
    parts.label.textContent = data.label;
    parts.box.placeholder = data.placeholder;
    parts.go.textContent = data.words.ask;
    parts.clear.setAttribute("aria-label", data.words.clear);
    parts.clear.title = data.words.clear;
    parts.list.setAttribute("aria-label", data.label);
    const told = `${data.terms.length} ${data.terms.slice(0, 3)} ${data.terms.slice(-1)}`;
    if (told !== state.terms) {
      state.terms = told;
      state.known = indexed(data.terms);
    }
    if (data.value !== state.value) {
      state.value = data.value;
      parts.box.value = data.value;
      close();
    }
    parts.clear.hidden = !parts.box.value;
  };
}

const mounted = new WeakMap();

export default function (component) {
  const root = component.parentElement.querySelector(".ask");
  if (!mounted.has(root)) {
    mounted.set(root, mount(root, (asked) => component.setTriggerValue("asked", asked)));
  }
  mounted.get(root)(component.data);
}
