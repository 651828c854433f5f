  // What is known of one record, and its neighbours.

  function showProfile(number) {
    const node = picture.nodes[number];
    const heading = make("h2", "", node.name);
    heading.id = "profile-name";
    heading.tabIndex = -1;
    const kind = make("p", "kind");
    kind.append(swatch(node), make("span", "", legendOf.get(node.type).singular));
    const close = make("button", "close", say("close"));
    close.type = "button";
    close.addEventListener("click", () => {
      clear();
      element("search").focus();
    });
    const parts = [close, kind, heading];
    if (node.profile.length) parts.push(facts(node.profile));
    parts.push(...neighbours(number));
    parts.push(make("h3", "", say("sources")), sources(node.sources));
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
    if (!names.length) return make("p", "quiet", say("no-source"));
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
    const made = [make("h3", "", say("linked"))];
    if (!groups.size) made.push(make("p", "quiet", say("nothing-linked")));
    for (const [phrase, group] of groups) {
      group.sort((a, b) => words.order.compare(picture.nodes[a.other].name, picture.nodes[b.other].name));
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
    button.append(swatch(node), make("span", "row-name", node.name));
    button.addEventListener("click", () => {
      if (!state.shown.has(link.other)) clearFilters();
      select(link.other, { focusProfile: true });
    });
    const item = make("li");
    item.append(button);
    if (edge.details) item.append(make("p", "detail", edge.details));
    if (edge.sources.length) item.append(make("p", "detail quiet", say("source", { sources: edge.sources.join("; ") })));
    return item;
  }
