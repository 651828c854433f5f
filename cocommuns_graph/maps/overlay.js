// What lies over a map: a chain of introductions, links that are missing, bridges; badges on single records.

const TIE_STYLES = {
  chain: { color: "accent", width: 4, dash: [] },
  missing: { color: "warn", width: 2.5, dash: [9, 6] },
  bridge: { color: "text", width: 3, dash: [] },
};
const BADGES = { cutpoint: "✕", isolate: "○", thin: "−", bridge: "=", missing: "?" };
const TIE_SLACK = 6;
const ALL_TIES_HEARD = 600;

// The overlay by record numbers instead of ids.
function numbered(overlay, scene) {
  const number = (id) => scene.numberOf.get(id) ?? -1;
  const ties = (overlay?.ties || [])
    .map((tie) => ({ ...tie, source: number(tie.source), target: number(tie.target) }))
    .filter((tie) => tie.source >= 0 && tie.target >= 0);
  const marks = (overlay?.marks || [])
    .map((mark) => ({ ...mark, number: number(mark.id) }))
    .filter((mark) => mark.number >= 0);
  const textsOf = new Map();
  for (const mark of marks) textsOf.set(mark.number, [...(textsOf.get(mark.number) || []), mark.text || mark.kind]);
  return { ties, marks, textsOf, legend: overlay?.legend || [] };
}

function badgeOf(kind) {
  return BADGES[kind] || "!";
}

function paintOverlay(painter) {
  const { context, scene, state, x, y, radius } = painter;
  const { ties, marks } = state.overlay;
  context.lineCap = "round";
  for (const { source, target, kind } of ties) {
    if (!scene.shown[source] || !scene.shown[target]) continue;
    const style = TIE_STYLES[kind] || TIE_STYLES.bridge;
    for (const [color, width] of [["background", style.width + 3], [style.color, style.width]]) {
      context.beginPath();
      context.moveTo(x[source], y[source]);
      context.lineTo(x[target], y[target]);
      context.lineWidth = width;
      context.strokeStyle = state.colors[color];
      context.setLineDash(color === "background" ? [] : style.dash);
      context.globalAlpha = color === "background" ? 0.7 : 1;
      context.stroke();
    }
    context.globalAlpha = 1;
  }
  context.setLineDash([]);
  context.lineCap = "butt";
  const ends = new Set(ties.flatMap((tie) => [tie.source, tie.target]));
  painter.paintMarks([...ends].filter((number) => painter.isInside[number]), true);
  for (const [number, kinds] of byRecord(marks)) {
    if (!painter.isInside[number]) continue;
    painter.ring(number, state.colors.warn, 2, []);
    const size = Math.max(radius[number], 3) * 1.2 + 4;
    kinds.forEach((kind, order) => {
      paintBadge(context, kind, x[number] + size * 0.75 + order * 15, y[number] - size * 0.75, state.colors);
    });
  }
}

function byRecord(marks) {
  const found = new Map();
  for (const { number, kind } of marks) found.set(number, [...(found.get(number) || []), kind]);
  return found;
}

function paintBadge(context, kind, x, y, colors) {
  context.beginPath();
  context.arc(x, y, 7, 0, 2 * Math.PI);
  context.fillStyle = colors.warn;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colors.background;
  context.stroke();
  context.fillStyle = colors.background;
  context.font = "bold 11px sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(badgeOf(kind), x, y + 0.5);
}

// The tie near a point of the screen as {a, b, text}, or null: of the overlay first, then of the chosen record and
// the found ones, then any as long as few are in view, since among many nobody can aim at one.
function tieAt(state, view, x, y) {
  const { scene, overlay, selected, highlight } = state;
  const near = (a, b) => apartFromTie(view, scene, a, b, x, y) <= TIE_SLACK;
  for (const tie of overlay.ties) {
    if (scene.shown[tie.source] && scene.shown[tie.target] && near(tie.source, tie.target)) {
      return { a: tie.source, b: tie.target, text: tie.text || "" };
    }
  }
  const ties = state.tiesInView || [];
  const isStrong = (tie) => {
    const a = scene.source[tie];
    const b = scene.target[tie];
    return a === selected || b === selected || (highlight.has(a) && highlight.has(b));
  };
  for (const heard of ties.length <= ALL_TIES_HEARD ? [isStrong, () => true] : [isStrong]) {
    for (const tie of ties) {
      const a = scene.source[tie];
      const b = scene.target[tie];
      if (a !== b && heard(tie) && near(a, b)) return { a, b, text: scene.tieText(tie) };
    }
  }
  return null;
}

function apartFromTie(view, scene, a, b, x, y) {
  const ax = view.screenX(scene.x[a]);
  const ay = view.screenY(scene.y[a]);
  const dx = view.screenX(scene.x[b]) - ax;
  const dy = view.screenY(scene.y[b]) - ay;
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / Math.max(1e-9, dx * dx + dy * dy)));
  return Math.hypot(ax + along * dx - x, ay + along * dy - y);
}
