window.bench = {
  screen: () =>
    network.body.nodeIndices.map((id) => {
      const node = network.body.nodes[id];
      const at = network.canvasToDOM(node);
      return [at.x, at.y, node.options.size * network.getScale()];
    }),
  labels: () => null,
  scale: (scale) => network.moveTo({ position: { x: 0, y: 0 }, scale }),
};
