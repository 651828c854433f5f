// The same eye on every renderer: counts the frames in which a canvas on the screen was painted, and when the
// last of them had gone through. Renderers wipe or fill a canvas by one of these two calls each frame.
window.probe = { frames: 0, last: 0, painted: 0, marks: [] };
{
  let frame = -1;
  let waiting = false;
  const seen = () => {
    probe.last = performance.now();
    if (document.timeline.currentTime !== frame) {
      frame = document.timeline.currentTime;
      probe.frames += 1;
    }
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        waiting = false;
        probe.painted = performance.now();
      };
      channel.port2.postMessage(0);
    });
  };
  for (const name of ["clearRect", "drawImage"]) {
    const original = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...values) {
      if (this.canvas.isConnected) seen();
      return original.apply(this, values);
    };
  }
}
