// The panel around the map of an exported page. pyvis' script, which runs before this one, has made the
// globals `network`, `nodes` and `edges`; a node's id there is its number in the picture, never text.
(function () {
  "use strict";

  const picture = JSON.parse(document.getElementById("picture").textContent);
  const links = linksByNode(picture);
  const legendOf = new Map(picture.legend.map((entry) => [entry.type, entry]));
  const searched = picture.nodes.map((node) => folded([node.name, ...node.terms.map((term) => term[0])].join("\n")));
  const searchedDeep = picture.nodes.map((node) => folded(node.profile.map((fact) => fact[1]).join("\n")));
  const byPriority = picture.nodes.map((_, number) => number);
  byPriority.sort((a, b) => picture.nodes[b].priority - picture.nodes[a].priority || a - b);
  const element = (id) => document.getElementById(id);
  const MAX_ROWS = 200;

  const state = { query: "", types: new Set(legendOf.keys()), topic: -1, selected: -1, shown: new Set(), matches: [] };

  function make(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function swatch(type) {
    const entry = legendOf.get(type);
    const made = make("span", `swatch ${entry.shape}`);
    made.style.backgroundColor = entry.color;
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  // ---- filters and search ----

  function passes(number) {
    if (!state.types.has(picture.nodes[number].type)) return false;
    if (state.topic < 0 || number === state.topic) return true;
    return links[number].some((link) => link.other === state.topic);
  }

  function rank(number, words, whole) {
    const name = folded(picture.nodes[number].name);
    if (name === whole) return 0;
    if (name.startsWith(whole)) return 1;
    if (words.every((word) => searched[number].includes(word))) return 2;
    if (words.every((word) => searched[number].includes(word) || searchedDeep[number].includes(word))) return 3;
    return -1;
  }

  function search() {
    const whole = folded(state.query).trim();
    const words = whole.split(/\s+/).filter(Boolean);
    const found = [];
    for (const number of byPriority) {
      if (!state.shown.has(number)) continue;
      const ranked = words.length ? rank(number, words, whole) : 0;
      if (ranked >= 0) found.push([ranked, number]);
    }
    found.sort((a, b) => a[0] - b[0]);
    return found.map(([, number]) => number);
  }

  function applyFilters() {
    const before = state.shown;
    state.shown = new Set(byPriority.filter(passes));
    const changed = byPriority.filter((number) => before.has(number) !== state.shown.has(number));
    if (changed.length) {
      nodes.update(changed.map((number) => ({ id: number, hidden: !state.shown.has(number) })));
      const touched = new Set();
      for (const number of changed) for (const link of links[number]) touched.add(link.edge);
      edges.update(
        [...touched].map((number) => {
          const { source, target } = picture.edges[number];
          return { id: number, hidden: !(state.shown.has(source) && state.shown.has(target)) };
        }),
      );
    }
    if (state.selected >= 0 && !state.shown.has(state.selected)) clear();
    list();
  }

  function list() {
    state.matches = search();
    const rows = state.matches.slice(0, MAX_ROWS).map((number, position) => {
      const node = picture.nodes[number];
      const button = make("button", "row");
      button.type = "button";
      button.dataset.number = String(number);
      button.tabIndex = position === 0 ? 0 : -1;
      button.append(swatch(node.type), make("span", "row-name", node.name));
      button.append(make("span", "unseen", `, ${legendOf.get(node.type).singular}`));
      if (number === state.selected) button.setAttribute("aria-current", "true");
      const item = make("li");
      item.append(button);
      return item;
    });
    element("results").replaceChildren(...rows);
    const count = state.matches.length;
    const more = count > MAX_ROWS ? ` The first ${MAX_ROWS} are listed; type to narrow.` : "";
    element("count").textContent =
      count === 0
        ? "Nothing matches. Clear the search or tick more types."
        : `${count.toLocaleString("en")} ${count === 1 ? "record" : "records"}.${more}`;
    network.redraw();
  }

  // ---- selection and profile ----

  function select(number, { move = true, focusProfile = false } = {}) {
    state.selected = number;
    const node = picture.nodes[number];
    if (move) bringIntoView(number);
    showProfile(number);
    markCurrent();
    const others = new Set(links[number].map((link) => link.other));
    const word = legendOf.get(node.type).singular;
    element("said").textContent = `Selected: ${node.name}, ${word}, linked to ${others.size} ${others.size === 1 ? "record" : "records"}.`;
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
    element("said").textContent = "Selection cleared.";
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

  function showProfile(number) {
    const node = picture.nodes[number];
    const heading = make("h2", "", node.name);
    heading.id = "profile-name";
    heading.tabIndex = -1;
    const kind = make("p", "kind");
    kind.append(swatch(node.type), make("span", "", legendOf.get(node.type).singular));
    const close = make("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", () => {
      clear();
      element("search").focus();
    });
    const parts = [close, kind, heading];
    if (node.profile.length) parts.push(facts(node.profile));
    parts.push(...neighbours(number));
    parts.push(make("h3", "", "Sources"), sources(node.sources));
    element("profile").replaceChildren(...parts);
    element("profile").scrollTop = 0;
  }

  function facts(profile) {
    const terms = make("dl", "facts");
    let previous = null;
    for (const [word, value, url] of profile) {
      if (word !== previous) terms.append(make("dt", "", word));
      previous = word;
      const shown = make("dd");
      if (url) {
        const anchor = make("a", "", value);
        anchor.href = url;
        anchor.rel = "noopener noreferrer nofollow";
        anchor.target = "_blank";
        shown.append(anchor);
      } else {
        shown.textContent = value;
      }
      terms.append(shown);
    }
    return terms;
  }

  function sources(names) {
    if (!names.length) return make("p", "quiet", "No source is recorded.");
    const made = make("ul", "sources");
    made.append(...names.map((name) => make("li", "", name)));
    return made;
  }

  function neighbours(number) {
    const groups = new Map();
    for (const link of links[number]) {
      const [text, reverse] = picture.words[picture.edges[link.edge].type];
      const phrase = link.outgoing ? text : reverse;
      if (!groups.has(phrase)) groups.set(phrase, []);
      groups.get(phrase).push(link);
    }
    const made = [make("h3", "", "Linked records")];
    if (!groups.size) made.push(make("p", "quiet", "Nothing is linked to this record yet."));
    for (const [phrase, group] of groups) {
      group.sort((a, b) => picture.nodes[a.other].name.localeCompare(picture.nodes[b.other].name));
      const heading = make("h4", "", phrase);
      heading.append(make("span", "quiet", ` ${group.length}`));
      const items = make("ul", "neighbours");
      items.append(...group.map(neighbour));
      made.push(heading, items);
    }
    return made;
  }

  function neighbour(link) {
    const node = picture.nodes[link.other];
    const edge = picture.edges[link.edge];
    const button = make("button", "row");
    button.type = "button";
    button.append(swatch(node.type), make("span", "row-name", node.name));
    button.addEventListener("click", () => {
      if (!state.shown.has(link.other)) resetFilters();
      select(link.other, { focusProfile: true });
    });
    const item = make("li");
    item.append(button);
    if (edge.details) item.append(make("p", "detail", edge.details));
    if (edge.sources.length) item.append(make("p", "detail quiet", `Source: ${edge.sources.join("; ")}`));
    return item;
  }

  function resetFilters() {
    state.types = new Set(legendOf.keys());
    state.topic = -1;
    element("topic").value = "-1";
    for (const box of document.querySelectorAll("#types input")) box.checked = true;
    applyFilters();
  }

  // ---- drawing over the network: dimming, emphasis, names ----

  const colors = {};
  function readColors() {
    const style = getComputedStyle(document.documentElement);
    colors.background = style.getPropertyValue("--surface").trim();
    colors.text = style.getPropertyValue("--text").trim();
    colors.quiet = style.getPropertyValue("--quiet").trim();
    colors.accent = style.getPropertyValue("--accent").trim();
    colors.edge = style.getPropertyValue("--edge").trim();
  }

  function strongNodes() {
    if (state.selected >= 0) {
      const strong = new Set(links[state.selected].map((link) => link.other).filter((n) => state.shown.has(n)));
      return strong.add(state.selected);
    }
    return state.query.trim() ? new Set(state.matches) : null;
  }

  const widths = new Map();
  network.on("afterDrawing", (context) => {
    const canvas = context.canvas;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width || !height) return;
    const ratio = canvas.width / width;
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const screen = (node) => ({
      x: (node.x - middle.x) * scale + width / 2,
      y: (node.y - middle.y) * scale + height / 2,
      radius: node.size * scale,
    });
    const near = (at) => at.x > -40 && at.y > -40 && at.x < width + 40 && at.y < height + 40;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const strong = strongNodes();
    if (strong) emphasise(context, strong, screen, near, width, height);
    const points = [];
    const rest = strong ? byPriority.filter((n) => strong.has(n) && n !== state.selected) : byPriority;
    const order = state.selected >= 0 ? [state.selected, ...rest] : rest;
    for (const number of order) {
      if (!state.shown.has(number) || points.length > 4 * MAX_LABELS) continue;
      const node = picture.nodes[number];
      const at = screen(node);
      if (near(at)) points.push({ ...at, text: shortened(node.name), side: node.side, shape: node.shape, color: node.color });
    }
    const size = 13;
    const font = `${size}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
    const taken = new TakenBoxes(80);
    headings(context, screen, scale, taken);
    context.font = font;
    const measure = (text) => {
      if (!widths.has(text)) widths.set(text, context.measureText(text).width);
      return widths.get(text);
    };
    const marks = new TakenBoxes(80);
    for (const number of strong || byPriority.slice(0, 1500)) {
      if (state.shown.has(number)) blockDisc(marks, screen(picture.nodes[number]));
    }
    const labels = placeLabels(points, measure, { width, height }, size + 5, MAX_LABELS, taken, marks);
    paintNamedMarks(context, labels, colors);
    paintLabels(context, labels, colors, font);
    window.mapLabels = labels.map(({ left, top, right, bottom, text }) => ({ left, top, right, bottom, text }));
    context.restore();
  });

  function headings(context, screen, scale, taken) {
    if (scale < 0.25) return;
    context.font = `600 14px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
    context.textBaseline = "middle";
    context.fillStyle = colors.quiet;
    for (const heading of picture.headings) {
      const at = screen({ ...heading, size: 0 });
      const width = context.measureText(heading.text).width;
      const left = heading.side === "left" ? at.x - width : at.x;
      const box = { left, right: left + width, top: at.y - 10, bottom: at.y + 10 };
      if (!taken.isFree(box)) continue;
      taken.take(box);
      context.textAlign = "left";
      context.fillText(heading.text, left, at.y);
    }
  }

  function emphasise(context, strong, screen, near, width, height) {
    context.globalAlpha = 0.84;
    context.fillStyle = colors.background;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    if (state.selected >= 0) {
      context.strokeStyle = colors.accent;
      context.lineWidth = 1.5;
      context.beginPath();
      const from = screen(picture.nodes[state.selected]);
      for (const link of links[state.selected]) {
        if (!state.shown.has(link.other)) continue;
        const to = screen(picture.nodes[link.other]);
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
      }
      context.stroke();
    }
    for (const number of strong) {
      const node = picture.nodes[number];
      const at = screen(node);
      if (!near(at)) continue;
      context.beginPath();
      tracePath(context, node.shape, at.x, at.y, Math.max(at.radius, 3));
      context.fillStyle = node.color;
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = colors.background;
      context.stroke();
    }
    if (state.selected >= 0) {
      const at = screen(picture.nodes[state.selected]);
      context.beginPath();
      context.arc(at.x, at.y, Math.max(at.radius, 3) * 1.2 + 5, 0, 2 * Math.PI);
      context.lineWidth = 3;
      context.strokeStyle = colors.accent;
      context.stroke();
    }
  }

  // ---- wiring ----

  function buildTypes() {
    for (const entry of picture.legend) {
      const label = make("label", "check");
      const box = make("input");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => {
        if (box.checked) state.types.add(entry.type);
        else state.types.delete(entry.type);
        applyFilters();
      });
      label.append(box, swatch(entry.type), make("span", "", entry.plural), make("span", "quiet", String(entry.count)));
      element("types").append(label);
    }
  }

  function buildTopics() {
    const topics = picture.nodes.flatMap((node, number) => (node.type === "Topic" ? [number] : []));
    topics.sort((a, b) => picture.nodes[a].name.localeCompare(picture.nodes[b].name));
    for (const number of topics) {
      const option = make("option", "", shortened(picture.nodes[number].name));
      option.value = String(number);
      element("topic").append(option);
    }
    element("topic-filter").hidden = topics.length === 0;
    element("topic").addEventListener("change", (event) => {
      state.topic = Number(event.target.value);
      applyFilters();
      const kept = byPriority.filter((number) => state.shown.has(number));
      if (kept.length) network.fit({ nodes: kept, maxZoomLevel: 1.2, animation: false });
    });
  }

  function moveInList(event) {
    const rows = [...element("results").querySelectorAll("button")];
    const at = rows.indexOf(document.activeElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target === undefined || at < 0) return;
    event.preventDefault();
    if (target < 0) element("search").focus();
    else if (target < rows.length) {
      rows[at].tabIndex = -1;
      rows[target].tabIndex = 0;
      rows[target].focus();
    }
  }

  function mapKeys(event) {
    if (event.key in { "+": 1, "=": 1 }) zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else if (event.key === "Enter" && state.selected >= 0) select(state.selected, { focusProfile: true });
    else if (event.key.startsWith("Arrow")) {
      const linked = state.selected >= 0 ? links[state.selected].map((link) => link.other) : [];
      const next =
        state.selected < 0
          ? (byPriority.find((number) => state.shown.has(number)) ?? -1)
          : towards(picture.nodes, state.selected, event.key, linked, (number) => state.shown.has(number));
      if (next >= 0) select(next);
    } else return;
    event.preventDefault();
  }

  function zoom(factor) {
    const scale = Math.min(Math.max(network.getScale() * factor, 0.02), 6);
    network.moveTo({ scale, animation: false });
  }

  // The picture's own box leaves room for names, which the library's fit does not know of.
  function fit() {
    const box = element("mynetwork").getBoundingClientRect();
    const aside = roomForNames(picture, box.width);
    const scale = Math.min((box.width - 2 * aside) / picture.width, box.height / picture.height, 1.3);
    network.moveTo({ position: { x: 0, y: 0 }, scale: Math.max(scale, 0.01), animation: false });
  }

  function clickedOn(position) {
    const scale = network.getScale();
    const at = network.DOMtoCanvas(position);
    let best = -1;
    let least = Infinity;
    for (const number of state.shown) {
      const node = picture.nodes[number];
      const gap = Math.hypot(node.x - at.x, node.y - at.y) - node.size;
      if (gap < least) {
        least = gap;
        best = number;
      }
    }
    return least * scale < 8 ? best : -1;
  }

  buildTypes();
  buildTopics();
  readColors();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColors();
    network.redraw();
  });
  const frame = element("mynetwork").firstElementChild;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", "Map of the network");
  frame.setAttribute("aria-describedby", "map-help");
  frame.addEventListener("keydown", mapKeys);
  network.on("click", ({ pointer }) => {
    const number = clickedOn(pointer.DOM);
    if (number >= 0) select(number, { move: false });
    else if (state.selected >= 0) clear();
  });
  element("search").addEventListener("input", (event) => {
    state.query = event.target.value;
    list();
  });
  element("search").addEventListener("keydown", (event) => {
    const first = element("results").querySelector("button");
    if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === "Enter" && state.matches.length) {
      event.preventDefault();
      select(state.matches[0], { focusProfile: true });
    }
  });
  element("results").addEventListener("keydown", moveInList);
  element("results").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) select(Number(button.dataset.number));
  });
  element("zoom-in").addEventListener("click", () => zoom(1.3));
  element("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  element("zoom-fit").addEventListener("click", fit);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const search_ = element("search");
    if (state.selected >= 0) {
      const inside = element("profile").contains(document.activeElement);
      clear();
      if (inside) search_.focus();
    } else if (search_.value) {
      search_.value = state.query = "";
      list();
      search_.focus();
    } else search_.focus();
  });
  if (window.matchMedia("(max-width: 860px)").matches) element("filters").open = false;
  new ResizeObserver(() => network.redraw()).observe(element("mynetwork"));
  state.shown = new Set(byPriority);
  list();
  fit();
  if (picture.centre >= 0) showProfile(picture.centre);
  else showHint();
  document.documentElement.dataset.ready = "yes";
})();
