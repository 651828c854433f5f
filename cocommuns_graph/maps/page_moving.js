  // Keys, zoom and what a click on the map means.

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

  // Everything in view, with room at the sides for names, which the library's fit does not know of.
  function fit() {
    const box = element("mynetwork").getBoundingClientRect();
    const edge = 46;
    const at = picture.nodes.length ? picture.nodes : [{ x: 0, y: 0 }];
    const [left, right] = [Math.min, Math.max].map((most) => at.reduce((so, node) => most(so, node.x), at[0].x));
    const [top, bottom] = [Math.min, Math.max].map((most) => at.reduce((so, node) => most(so, node.y), at[0].y));
    const aside = Math.min(roomForNames(picture, box.width), box.width * 0.2);
    const wide = (box.width - 2 * aside) / (right - left + 2 * edge);
    const scale = Math.min(wide, box.height / (bottom - top + 2 * edge), 1.3);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    network.moveTo({ position, scale: Math.max(scale, 0.01), animation: false });
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
