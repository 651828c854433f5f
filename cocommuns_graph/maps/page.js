  // State, search and the list. pyvis' script, which runs before this one, has made the globals `network`, `nodes` and
  // `edges`; a node's id there is its number in the picture, never text.

  const picture = JSON.parse(document.getElementById("picture").textContent);
  const words = new Wording(picture.texts);
  const say = (key, values) => words.say(key, values);
  const links = linksByNode(picture);
  const legendOf = new Map(picture.legend.map((entry) => [entry.type, entry]));
  const searched = picture.nodes.map((node) => folded([node.name, ...node.terms.map((term) => term[0])].join("\n")));
  const searchedDeep = picture.nodes.map((node) => folded(node.profile.map((fact) => fact[1]).join("\n")));
  const byPriority = picture.nodes.map((_, number) => number);
  byPriority.sort((a, b) => picture.nodes[b].priority - picture.nodes[a].priority || a - b);
  const element = (id) => document.getElementById(id);
  const MAX_ROWS = 200;

  const state = { query: "", selected: -1, shown: new Set(), matches: [] };

  function make(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function swatch({ shape, color }) {
    const made = make("span", `swatch ${shape}`);
    made.style.backgroundColor = color;
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function rank(number, asked, whole) {
    const name = folded(picture.nodes[number].name);
    if (name === whole) return 0;
    if (name.startsWith(whole)) return 1;
    if (asked.every((word) => searched[number].includes(word))) return 2;
    if (asked.every((word) => searched[number].includes(word) || searchedDeep[number].includes(word))) return 3;
    return -1;
  }

  function search() {
    const whole = folded(state.query).trim();
    const asked = whole.split(/\s+/).filter(Boolean);
    const found = [];
    for (const number of byPriority) {
      if (!state.shown.has(number)) continue;
      const ranked = asked.length ? rank(number, asked, whole) : 0;
      if (ranked >= 0) found.push([ranked, number]);
    }
    found.sort((a, b) => a[0] - b[0]);
    return found.map(([, number]) => number);
  }

  function list() {
    state.matches = search();
    const rows = state.matches.slice(0, MAX_ROWS).map((number, position) => {
      const node = picture.nodes[number];
      const button = make("button", "row");
      button.type = "button";
      button.dataset.number = String(number);
      button.tabIndex = position === 0 ? 0 : -1;
      button.append(swatch(node), make("span", "row-name", node.name));
      button.append(make("span", "unseen", `, ${legendOf.get(node.type).singular}`));
      if (number === state.selected) button.setAttribute("aria-current", "true");
      const item = make("li");
      item.append(button);
      return item;
    });
    element("results").replaceChildren(...rows);
    const count = state.matches.length;
    const more = count > MAX_ROWS ? ` ${say("first-listed", { most: MAX_ROWS })}` : "";
    element("count").textContent = count === 0 ? say("nothing-matches") : `${say("count", { count })}${more}`;
    network.redraw();
  }

  function select(number, { move = true, focusProfile = false } = {}) {
    state.selected = number;
    const node = picture.nodes[number];
    if (move) bringIntoView(number);
    showProfile(number);
    markCurrent();
    const others = new Set(links[number].map((link) => link.other));
    const word = legendOf.get(node.type).singular;
    element("said").textContent = say("selected", { name: node.name, type: word, count: others.size });
    if (focusProfile) {
      const heading = element("profile-name");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "nearest" });
    }
    network.redraw();
  }

  function clear() {
    state.selected = -1;
    showHint();
    element("said").textContent = say("cleared");
    markCurrent();
    network.redraw();
  }

  function showHint() {
    element("profile").replaceChildren(element("hint").content.cloneNode(true));
  }

  function markCurrent() {
    for (const button of element("results").querySelectorAll("button")) {
      if (Number(button.dataset.number) === state.selected) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  function bringIntoView(number) {
    const node = picture.nodes[number];
    const at = network.canvasToDOM(node);
    const box = element("mynetwork").getBoundingClientRect();
    const margin = 60;
    const inside = at.x > margin && at.y > margin && at.x < box.width - margin && at.y < box.height - margin;
    const scale = Math.max(network.getScale(), Math.min(0.8, 9 / node.size));
    if (inside && scale === network.getScale()) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const animation = calm ? false : { duration: 350, easingFunction: "easeInOutQuad" };
    network.moveTo({ position: { x: node.x, y: node.y }, scale, animation });
  }
