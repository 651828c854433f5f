  // Brings it all to life.

  for (const facet of picture.facets) if (facet.options.length) element("facets").append(buildFacet(facet));
  element("clear-filters").addEventListener("click", clearFilters);
  buildLegend();
  buildTold();
  readColors();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColors();
    network.redraw();
  });
  const frame = element("mynetwork").firstElementChild;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", say("map"));
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
  applyFilters();
  fit();
  if (picture.centre >= 0) showProfile(picture.centre);
  else showHint();
  document.documentElement.dataset.ready = "yes";
