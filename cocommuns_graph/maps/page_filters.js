  // Filters: of one kind any value may hold, of different kinds all must. Types are ticked while they are shown, values
  // of the other kinds when nothing else shall be.

  const MAX_VALUES = 200;
  const chosen = new Map(picture.facets.map((facet) => [facet.kind, new Set(facet.chosen)]));
  const boxes = [];

  function passes(number) {
    for (const facet of picture.facets) {
      const wanted = chosen.get(facet.kind);
      if (wanted.size && !facet.of[number].some((value) => wanted.has(value))) return false;
    }
    return true;
  }

  function passing() {
    const found = new Set(byPriority.filter(passes));
    if (!picture.near || found.size === picture.nodes.length) return found;
    const near = new Set(found);
    for (const number of found) for (const link of links[number]) near.add(link.other);
    return near;
  }

  function applyFilters() {
    const before = state.shown;
    state.shown = passing();
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
    element("clear-filters").hidden = [...chosen.values()].every((wanted) => !wanted.size);
    if (state.selected >= 0 && !state.shown.has(state.selected)) clear();
    list();
  }

  function clearFilters() {
    for (const wanted of chosen.values()) wanted.clear();
    for (const { box, facet } of boxes) box.checked = facet.kind === "type";
    applyFilters();
  }

  // With all types ticked nothing is filtered; with none (-1) nothing is shown.
  function tick(facet, value, isOn) {
    const wanted = chosen.get(facet.kind);
    const all = facet.options.map((_, number) => number);
    const ticked = new Set(facet.kind === "type" && !wanted.size ? all : wanted);
    if (isOn) ticked.add(value);
    else ticked.delete(value);
    wanted.clear();
    if (facet.kind === "type" && !ticked.size) wanted.add(-1);
    else if (facet.kind !== "type" || ticked.size < all.length) for (const one of ticked) if (one >= 0) wanted.add(one);
    applyFilters();
  }

  function buildFacet(facet) {
    const isType = facet.kind === "type";
    const group = make("fieldset");
    group.append(make("legend", "unseen", facet.word));
    facet.options.slice(0, MAX_VALUES).forEach((option, value) => {
      const label = make("label", "check");
      const box = make("input");
      box.type = "checkbox";
      box.checked = isType ? !facet.chosen.length || facet.chosen.includes(value) : facet.chosen.includes(value);
      box.addEventListener("change", () => tick(facet, value, box.checked));
      boxes.push({ box, facet });
      label.append(box);
      if (isType) label.append(swatch(option));
      label.append(make("span", "", option.text), make("span", "quiet", words.number(option.count)));
      group.append(label);
    });
    if (isType) return group;
    const made = make("details", "facet");
    made.open = facet.chosen.length > 0;
    made.append(make("summary", "", facet.word), group);
    return made;
  }

  function buildLegend() {
    let group = null;
    for (const entry of picture.key) {
      if (!group || group.dataset.title !== entry.title) {
        group = make("ul", "key");
        group.dataset.title = entry.title;
        if (entry.title) element("key").append(make("h2", "key-title", entry.title));
        element("key").append(group);
      }
      const item = make("li");
      if (entry.color) item.append(swatch(entry));
      item.append(make("span", "", entry.text));
      if (entry.count !== undefined) item.append(make("span", "quiet", words.number(entry.count)));
      group.append(item);
    }
  }

  // What lies over the map, one by one: each leads to the record it is about.
  function buildTold() {
    const { told, legend } = picture.overlay;
    element("told").hidden = !told.length && !legend.length;
    for (const { text, number } of told) {
      const item = make("li");
      const button = make("button", "row", text);
      button.type = "button";
      button.disabled = number < 0;
      button.addEventListener("click", () => {
        if (!state.shown.has(number)) clearFilters();
        select(number, { focusProfile: true });
      });
      item.append(button);
      element("told-list").append(item);
    }
    for (const { text } of told.length ? [] : legend) element("told-list").append(make("li", "quiet", text));
  }
