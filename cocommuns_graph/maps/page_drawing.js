  // Drawn over the network: dimming, emphasis, what lies over the map, names.

  const colors = {};
  function readColors() {
    const style = getComputedStyle(document.documentElement);
    colors.background = style.getPropertyValue("--surface").trim();
    colors.text = style.getPropertyValue("--text").trim();
    colors.quiet = style.getPropertyValue("--quiet").trim();
    colors.accent = style.getPropertyValue("--accent").trim();
    colors.edge = style.getPropertyValue("--edge").trim();
    colors.warn = style.getPropertyValue("--warn").trim();
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
    paintOverlay(context, screen);
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

  const TIES = { chain: ["accent", 4, []], missing: ["warn", 2.5, [9, 6]], bridge: ["text", 3, []] };
  const BADGES = { cutpoint: "✕", isolate: "○", thin: "−", nobody: "!" };

  function paintOverlay(context, screen) {
    const { ties, marks } = picture.overlay;
    for (const { source, target, kind } of ties) {
      if (!state.shown.has(source) || !state.shown.has(target)) continue;
      const [color, thick, dash] = TIES[kind];
      const from = screen(picture.nodes[source]);
      const to = screen(picture.nodes[target]);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.setLineDash(dash);
      context.lineWidth = thick;
      context.strokeStyle = colors[color];
      context.stroke();
    }
    context.setLineDash([]);
    for (const { number, kind } of marks) {
      if (!state.shown.has(number)) continue;
      const at = screen(picture.nodes[number]);
      const away = Math.max(at.radius, 3) * 1.2 + 4;
      context.beginPath();
      context.arc(at.x, at.y, away, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = colors.warn;
      context.stroke();
      context.beginPath();
      context.arc(at.x + away * 0.75, at.y - away * 0.75, 7, 0, 2 * Math.PI);
      context.fillStyle = colors.warn;
      context.fill();
      context.fillStyle = colors.background;
      context.font = "bold 11px sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(BADGES[kind] || "?", at.x + away * 0.75, at.y - away * 0.75 + 0.5);
    }
  }
