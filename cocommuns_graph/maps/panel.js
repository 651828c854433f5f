// Beside the map: a search box that completes, and a list of what is shown, in step with the map. Of the list only
// the rows in sight are in the page, so that ten thousand records cost no more than ten.

const SUGGESTIONS = 40;
const SPARE_ROWS = 8;
const TYPED_TOGETHER = 800;

class Panel {
  constructor(map, frame) {
    this.map = map;
    this.box = part("div", "map-panel", frame);
    this.finder = new Finder(map, this.box);
    this.count = part("p", "map-count", this.box);
    this.list = part("div", "map-list", this.box);
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", map.words.say("records"));
    this.space = part("div", "map-list-space", this.list);
    this.space.setAttribute("role", "presentation");
    this.rows = [];
    this.placeOf = new Map();
    this.drawn = new Map();
    this.typed = { text: "", at: 0 };
    const { signal } = map;
    this.list.addEventListener("scroll", () => this.draw(), { signal, passive: true });
    this.list.addEventListener("keydown", (event) => this.key(event), { signal });
    this.list.addEventListener("click", (event) => this.click(event), { signal });
    this.list.addEventListener("dblclick", (event) => this.withRow(event, (number) => map.expand(number)), { signal });
    this.list.addEventListener("focus", () => this.focused(), { signal });
  }

  remove() {
    this.box.remove();
  }

  // Lists what the map shows now: the choice and its neighbours, what was found, then all others by name.
  refresh() {
    const { map } = this;
    const { scene, words, selected, highlight } = map;
    this.finder.refresh();
    const all = scene.count;
    const count = scene.shownCount;
    this.count.textContent =
      count === 0 && all ? words.say("empty") : words.say(count === all ? "count" : "of-all", { count, all });
    const isShown = (number) => scene.shown[number];
    const near = selected >= 0 && isShown(selected) ? scene.neighbours(selected) : [];
    const first = new Set(near.length || (selected >= 0 && isShown(selected)) ? [selected, ...near] : []);
    const found = this.byName([...highlight].filter((number) => isShown(number) && !first.has(number)));
    const ahead = new Set([...first, ...found]);
    const rest = this.alphabet().filter((number) => isShown(number) && !ahead.has(number));
    this.rows = [];
    if (first.size) this.section(words.say("selected"), [selected]);
    if (near.length) this.section(words.say("linked-to", { name: scene.name(selected) }), this.byName(near));
    if (found.length) this.section(words.say("highlighted"), found);
    this.section(ahead.size ? words.say("others") : "", rest);
    this.placeOf = new Map();
    let place = 0;
    this.rows.forEach((row, at) => {
      if (row.number === undefined) return;
      row.place = ++place;
      this.placeOf.set(row.number, at);
    });
    this.options = place;
    const order = `${selected}|${[...ahead].length}|${count}`;
    if (order !== this.order) this.list.scrollTop = 0;
    this.order = order;
    this.drawnFor = null;
    this.drawn.clear();
    this.space.replaceChildren();
    this.draw();
  }

  section(title, numbers) {
    if (!numbers.length) return;
    if (title) this.rows.push({ title });
    for (const number of numbers) this.rows.push({ number });
  }

  byName(numbers) {
    const { scene, words } = this.map;
    return numbers.sort((a, b) => words.order.compare(scene.name(a), scene.name(b)) || a - b);
  }

  alphabet() {
    const { scene } = this.map;
    if (this.alphabetOf !== scene) {
      this.alphabetOf = scene;
      this.sorted = this.byName([...scene.points.keys()]);
    }
    return this.sorted;
  }

  rowHigh() {
    if (!this.high) {
      const probe = part("div", "map-row", this.space, "x");
      this.high = probe.offsetHeight;
      probe.remove();
    }
    return this.high || 34;
  }

  draw() {
    const high = this.rowHigh();
    const { rows, list, map } = this;
    this.space.style.height = `${rows.length * high}px`;
    const from = Math.max(0, Math.floor(list.scrollTop / high) - SPARE_ROWS);
    const to = Math.min(rows.length, Math.ceil((list.scrollTop + list.clientHeight) / high) + SPARE_ROWS);
    const active = this.placeOf.get(this.active());
    const key = `${from}|${to}|${active}|${map.selected}|${map.other}`;
    if (key === this.drawnFor) return;
    this.drawnFor = key;
    const places = new Set(active === undefined ? [] : [active]);
    for (let at = from; at < to; at++) places.add(at);
    // Rows that stay in sight stay the same elements, else a click that began on one would end nowhere.
    for (const [at, row] of this.drawn) {
      if (places.has(at)) continue;
      row.remove();
      this.drawn.delete(at);
    }
    [...places].sort((a, b) => a - b).forEach((at, order) => {
      if (!this.drawn.has(at)) this.drawn.set(at, this.row(at, high));
      const row = this.drawn.get(at);
      if (this.space.children[order] !== row) this.space.insertBefore(row, this.space.children[order]);
      this.mark(row, this.rows[at].number, at === active);
    });
    if (active === undefined) list.removeAttribute("aria-activedescendant");
    else list.setAttribute("aria-activedescendant", this.rowId(this.rows[active].number));
  }

  rowId(number) {
    return `${this.map.id}-row-${number}`;
  }

  row(at, high) {
    const { number, title, place } = this.rows[at];
    const row = part("div", number === undefined ? "map-row-title" : "map-row", this.space);
    row.style.top = `${at * high}px`;
    row.setAttribute("role", number === undefined ? "presentation" : "option");
    if (number === undefined) {
      row.textContent = title;
      return row;
    }
    row.id = this.rowId(number);
    row.dataset.number = String(number);
    row.setAttribute("aria-setsize", String(this.options));
    row.setAttribute("aria-posinset", String(place));
    rowParts(this.map, row, number);
    return row;
  }

  mark(row, number, isActive) {
    if (number === undefined) return;
    row.classList.toggle("active", isActive);
    row.classList.toggle("other", number === this.map.other);
    row.setAttribute("aria-selected", String(number === this.map.selected));
  }

  active() {
    return this.map.cursor >= 0 ? this.map.cursor : this.map.selected;
  }

  // The map's cursor moved: its row comes into sight.
  follow() {
    const at = this.placeOf.get(this.active());
    if (at === undefined) return;
    const high = this.rowHigh();
    const { list } = this;
    if (at * high < list.scrollTop) list.scrollTop = Math.max(0, (at - 1) * high);
    else if ((at + 1) * high > list.scrollTop + list.clientHeight) list.scrollTop = (at + 2) * high - list.clientHeight;
    this.drawnFor = null;
    this.draw();
  }

  // ---- the user ----

  withRow(event, action) {
    const row = event.target.closest(".map-row");
    if (row) action(Number(row.dataset.number));
  }

  click(event) {
    this.withRow(event, (number) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) this.map.pair(this.map.selected, number);
      else this.pick(number);
    });
  }

  pick(number) {
    const { map } = this;
    if (number === map.selected) return;
    map.view.reveal(map.scene, number);
    map.choose(number);
  }

  focused() {
    if (this.placeOf.has(this.active())) return;
    const first = this.rows.find((row) => row.number !== undefined);
    if (first) this.go(this.placeOf.get(first.number));
  }

  go(at) {
    const row = this.rows[at];
    if (!row || row.number === undefined) return;
    this.map.moveCursor(row.number, { tell: false });
    this.follow();
  }

  // The option `steps` away, titles not counted.
  step(steps) {
    const options = this.optionPlaces();
    const now = options.indexOf(this.placeOf.get(this.active()));
    const next = now < 0 ? 0 : Math.max(0, Math.min(options.length - 1, now + steps));
    this.go(options[next]);
  }

  optionPlaces() {
    return this.rows.flatMap((row, at) => (row.number === undefined ? [] : [at]));
  }

  key(event) {
    const { map, list } = this;
    const page = Math.max(1, Math.floor(list.clientHeight / this.rowHigh()) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const active = this.active();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) this.step(steps[event.key]);
    else if (event.key === "Enter" && event.shiftKey) map.pair(map.selected, active);
    else if ((event.key === "Enter" || (event.key === " " && !this.isTyping())) && active >= 0) this.pick(active);
    else if (event.key === "Escape" && (map.selected >= 0 || map.cursor >= 0)) map.hands.clear();
    else if (event.key.length === 1) this.type(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  isTyping() {
    return this.typed.text !== "" && performance.now() - this.typed.at < TYPED_TOGETHER;
  }

  // Goes to the next record whose name begins with what was typed in one go.
  type(letter) {
    this.typed.text = this.isTyping() ? this.typed.text + letter : letter;
    this.typed.at = performance.now();
    const begin = folded(this.typed.text);
    const options = this.optionPlaces();
    const now = options.indexOf(this.placeOf.get(this.active()));
    const from = begin.length > 1 ? Math.max(0, now) : now + 1;
    const found = [...options.slice(from), ...options.slice(0, from)].find((at) =>
      folded(this.map.scene.name(this.rows[at].number)).startsWith(begin),
    );
    if (found !== undefined) this.go(found);
  }
}

// How a record reads in a row: its swatch, its name, its type and what the overlay says of it.
function rowParts(map, row, number) {
  const { scene } = map;
  const swatch = part("span", `map-swatch ${scene.shapeOf(number)}`, row);
  swatch.style.backgroundColor = scene.colorOf(number);
  swatch.setAttribute("aria-hidden", "true");
  part("span", "map-row-name", row, scene.name(number));
  const more = [scene.typeWords(number).singular, ...(map.overlay.textsOf.get(number) || [])];
  part("span", "map-row-more", row, more.join(", "));
}

// The search box: a combobox whose list of suggestions opens while something is typed.
class Finder {
  constructor(map, parent) {
    this.map = map;
    this.matches = [];
    this.active = -1;
    const { words, id, signal } = map;
    const box = part("div", "map-search", parent);
    const label = part("label", "", box, words.say("search"));
    label.htmlFor = `${id}-search`;
    this.input = part("input", "", box);
    Object.assign(this.input, { id: `${id}-search`, type: "text", autocomplete: "off", spellcheck: false });
    this.input.placeholder = words.say("search-hint");
    this.list = part("div", "map-suggestions", box);
    this.list.id = `${id}-suggestions`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.say("suggestions"));
    this.none = part("p", "map-none", box, words.say("nothing-found"));
    this.none.hidden = true;
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ]) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.search(), { signal });
    this.input.addEventListener("keydown", (event) => this.key(event), { signal });
    // Streamlit takes letters for its shortcuts where it cannot see, for the shadow root, that one is typing.
    for (const name of ["keydown", "keypress", "keyup"]) {
      this.input.addEventListener(name, (event) => event.stopPropagation(), { signal });
    }
    this.input.addEventListener("blur", () => this.close(), { signal });
    this.list.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.list.addEventListener("click", (event) => this.click(event), { signal });
  }

  refresh() {
    if (this.list.hidden) return;
    this.search();
  }

  index() {
    if (this.indexOf !== this.map.scene) {
      this.indexOf = this.map.scene;
      this.found = new SearchIndex(this.map.scene);
    }
    return this.found;
  }

  search() {
    const { map } = this;
    const asked = this.input.value.trim() !== "";
    this.matches = asked ? this.index().find(this.input.value, SUGGESTIONS) : [];
    this.active = -1;
    this.list.replaceChildren(...this.matches.map((match, at) => this.option(match, at)));
    this.none.hidden = !asked || this.matches.length > 0;
    this.open(this.matches.length > 0);
    if (!asked) return;
    const count = this.matches.length;
    map.say(count ? map.words.say("found", { count }) : map.words.say("nothing-found"));
  }

  option({ number, text, language, isName }, at) {
    const { map } = this;
    const option = document.createElement("div");
    option.className = "map-option";
    option.id = `${this.list.id}-${at}`;
    option.dataset.at = String(at);
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const swatch = part("span", `map-swatch ${map.scene.shapeOf(number)}`, option);
    swatch.style.backgroundColor = map.scene.colorOf(number);
    swatch.setAttribute("aria-hidden", "true");
    const name = map.scene.name(number);
    const spoken = isName ? name : map.words.say(language ? "term" : "term-alone", { term: text, language, name });
    part("span", "map-option-text", option, spoken);
    return option;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.open(false);
    this.none.hidden = true;
  }

  move(to) {
    const options = [...this.list.children];
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = (to + options.length) % options.length;
    const option = options[this.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) this.search();
      if (!this.matches.length) return;
      if (event.key === "ArrowDown") this.move(this.active + 1);
      else this.move(this.active < 0 ? -1 : this.active - 1);
    } else if (event.key === "Enter" && isOpen) this.pick(Math.max(0, this.active));
    else if (event.key === "Escape" && (isOpen || this.input.value)) {
      if (!isOpen) this.input.value = "";
      this.close();
    } else return;
    event.preventDefault();
  }

  click(event) {
    const option = event.target.closest(".map-option");
    if (option) this.pick(Number(option.dataset.at));
  }

  pick(at) {
    const { number } = this.matches[at];
    this.input.value = this.map.scene.name(number);
    this.input.select();
    this.close();
    this.map.view.reveal(this.map.scene, number);
    if (number === this.map.selected) this.map.redraw();
    else this.map.choose(number);
  }
}
