// How many jobs ran over the whole run, and which part of it the timeline shows.
class Overview {
  constructor(canvas, timeline) {
    this.canvas = canvas;
    this.timeline = timeline;
    this.key = "";
    this.means = null;
    let held = null;
    const time = e => (((e.offsetX - timeline.gutter) / timeline.plotWidth) * 1.02 - 0.01) * timeline.span;
    canvas.addEventListener("pointerdown", e => {
      const t = time(e),
        width = timeline.t1 - timeline.t0;
      if (t < timeline.t0 || t > timeline.t1) timeline.view(t - width / 2, t + width / 2);
      held = { t: time(e), t0: timeline.t0, t1: timeline.t1 };
      canvas.setPointerCapture(e.pointerId);
    });
    canvas.addEventListener("pointermove", e => {
      if (held) timeline.view(held.t0 + time(e) - held.t, held.t1 + time(e) - held.t);
    });
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => {
        held = null;
      });
    canvas.addEventListener(
      "wheel",
      e => {
        e.preventDefault();
        timeline.zoom(Math.exp(e.deltaY * 0.0022), time(e));
      },
      { passive: false },
    );
  }

  // The mean number of running jobs in each column: the area under the steps, column by column.
  static means(run, columns) {
    const { starts, ends } = run.edges(),
      span = Math.max(1, run.end),
      means = new Float64Array(columns);
    let s = 0,
      e = 0,
      running = 0,
      last = 0;
    const spread = (from, to, n) => {
      if (n === 0) return;
      const a = (from / span) * columns,
        b = Math.min((to / span) * columns, columns);
      for (let c = Math.max(0, Math.floor(a)); c < b; c++) means[c] += n * (Math.min(b, c + 1) - Math.max(a, c));
    };
    while (s < starts.length || e < ends.length) {
      const begins = e >= ends.length || (s < starts.length && starts[s] < ends[e]);
      const t = begins ? starts[s++] : ends[e++];
      spread(last, t, running);
      running += begins ? 1 : -1;
      last = t;
    }
    spread(last, span, running);
    return means;
  }

  draw() {
    const view = this.timeline,
      run = view.run,
      { ctx, width, height } = sharpen(this.canvas);
    // The same margin of a hundredth at both ends as the timeline has when it shows the whole run.
    const margin = (view.plotWidth * 0.01) / 1.02,
      columns = Math.floor(view.plotWidth - 2 * margin),
      left = view.gutter + margin,
      base = height - 9,
      top = 12;
    const key = [
      run.facts.run,
      run.count,
      run.ended,
      columns,
      run.facts.state === "running" ? Math.floor(run.end / 1e5) : 0,
    ].join();
    if (key !== this.key) {
      this.means = Overview.means(run, columns);
      this.key = key;
    }
    const peak = Math.max(run.facts.peak, 1),
      bound = run.facts.maxWorkers,
      most = bound <= peak * 2 ? Math.max(peak, bound) : peak;
    const y = n => base - (n / most) * (base - top);
    ctx.clearRect(0, 0, width, height);

    ctx.beginPath();
    ctx.moveTo(left, base);
    for (let c = 0; c < columns; c++) ctx.lineTo(left + c + 0.5, y(this.means[c]));
    ctx.lineTo(left + columns, base);
    const fill = ctx.createLinearGradient(0, top, 0, base);
    fill.addColorStop(0, theme.get("succeeded"));
    fill.addColorStop(1, theme.get("succeeded-2"));
    ctx.globalAlpha = 0.28;
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.get("succeeded");
    ctx.lineWidth = 1;
    ctx.stroke();

    ctx.font = "450 11px " + FONT;
    ctx.textBaseline = "middle";
    ctx.textAlign = "right";
    ctx.fillStyle = theme.get("ink-3");
    ctx.fillText(String(most), view.gutter - 10, top + 1);
    ctx.fillText("running", view.gutter - 10, base - 4);
    ctx.textAlign = "left";
    if (bound <= most) {
      ctx.strokeStyle = theme.get("ink-3");
      ctx.setLineDash([3, 4]);
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(left, Math.round(y(bound)) + 0.5);
      ctx.lineTo(left + columns, Math.round(y(bound)) + 0.5);
      ctx.stroke();
      ctx.setLineDash([]);
    }

    const x0 = left + Math.max(0, view.t0 / view.span) * columns,
      x1 = left + Math.min(1, view.t1 / view.span) * columns;
    if (x1 - x0 > columns - 2) return;
    ctx.fillStyle = theme.get("panel");
    ctx.globalAlpha = 0.72;
    ctx.fillRect(view.gutter, 0, x0 - view.gutter, height);
    ctx.fillRect(x1, 0, width - x1, height);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.get("accent");
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.roundRect(x0, 3, Math.max(3, x1 - x0), height - 8, 4);
    ctx.stroke();
  }
}
