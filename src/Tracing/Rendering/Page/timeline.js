// The timeline: what part of the run is seen, and what the pointer and the keys do to it. Drawing is in draw.js.
class Timeline {
  constructor(canvas, events) {
    this.canvas = canvas;
    this.events = events;
    this.run = null;
    this.t0 = 0;
    this.t1 = 1;
    this.scroll = 0;
    this.rowHeight = null;
    this.hover = -1;
    this.hoverGap = -1;
    this.chosen = -1;
    this.cursor = null;
    this.colourBy = "status";
    this.showGaps = true;
    this.showPath = false;
    this.dimmed = new Set();
    this.fitted = true;
    this.pending = false;
    this.gutter = 64;
    this.axis = 30;
    this.listen();
  }

  show(run) {
    const same = this.run && this.run.facts.run === run.facts.run;
    this.run = run;
    if (!same) {
      this.chosen = this.hover = this.hoverGap = -1;
      this.scroll = 0;
      this.fit(false);
    } else if (this.fitted) this.fit(false);
    this.resize();
  }

  get span() {
    return Math.max(1, this.run.end);
  }
  get plotWidth() {
    return Math.max(10, this.width - this.gutter - 14);
  }
  x(t) {
    return this.gutter + ((t - this.t0) / (this.t1 - this.t0)) * this.plotWidth;
  }
  time(x) {
    return this.t0 + ((x - this.gutter) / this.plotWidth) * (this.t1 - this.t0);
  }

  // The canvas takes the room that its stage may have, and no more than its rows can use.
  resize() {
    if (!this.run) return;
    const body = this.canvas.closest(".body"),
      stage = this.canvas.parentElement,
      narrow = innerWidth <= 1000;
    const above = this.canvas.getBoundingClientRect().top - stage.getBoundingClientRect().top;
    this.room = Math.max(160, (narrow ? innerHeight * 0.75 : body.clientHeight) - above - 2);
    this.canvas.style.height = Math.min(this.room, this.axis + 14 + Math.max(1, this.run.rows.length) * this.height1) + "px";
    this.redraw();
  }

  // Rows share the height there is, within reason; beyond that they scroll.
  get height1() {
    const room = ((this.room ?? 400) - this.axis - 14) / Math.max(1, this.run.rows.length);
    return this.rowHeight ?? Math.min(44, Math.max(4, Math.floor(room)));
  }
  get maxScroll() {
    return Math.max(0, this.run.rows.length * this.height1 + this.axis + 10 - this.height);
  }
  y(row) {
    return this.axis + 4 + row * this.height1 - this.scroll;
  }

  view(t0, t1, animate) {
    const least = 0.5,
      span = this.span,
      width = Math.min(Math.max(t1 - t0, least), span * 1.02);
    let from = t0 + (t1 - t0 - width) / 2;
    if (width >= span * 1.02) from = -span * 0.01;
    from = Math.min(Math.max(from, -width * 0.03), span + width * 0.03 - width);
    this.fitted = width >= span * 1.015;
    if (animate && !matchMedia("(prefers-reduced-motion: reduce)").matches) return this.glide(from, from + width);
    this.gliding = null;
    this.t0 = from;
    this.t1 = from + width;
    this.redraw();
  }

  glide(t0, t1) {
    const from = [this.t0, this.t1],
      began = performance.now();
    this.gliding = now => {
      const p = Math.min(1, (now - began) / 160),
        e = 1 - (1 - p) ** 3;
      this.t0 = from[0] + (t0 - from[0]) * e;
      this.t1 = from[1] + (t1 - from[1]) * e;
      if (p === 1) this.gliding = null;
    };
    this.redraw();
  }

  fit(animate = true) {
    this.view(-this.span * 0.01, this.span * 1.01, animate);
    this.fitted = true;
  }
  zoom(factor, at = (this.t0 + this.t1) / 2, animate = false) {
    this.view(at - (at - this.t0) * factor, at + (this.t1 - at) * factor, animate);
  }
  pan(share, animate = false) {
    const by = (this.t1 - this.t0) * share;
    this.view(this.t0 + by, this.t1 + by, animate);
  }
  scrollBy(pixels) {
    this.scroll = Math.min(this.maxScroll, Math.max(0, this.scroll + pixels));
    this.redraw();
  }

  choose(i, reveal = true) {
    this.chosen = i;
    if (i >= 0 && reveal) this.reveal(i);
    this.events.chosen(i);
    this.redraw();
  }

  reveal(i) {
    const run = this.run,
      middle = (run.start[i] + run.finishOf(i)) / 2,
      width = this.t1 - this.t0;
    if (middle < this.t0 || middle > this.t1) this.view(middle - width / 2, middle + width / 2, true);
    const row = run.rows.findIndex(r => r.worker === run.worker[i]),
      y = this.y(row);
    if (y < this.axis) this.scrollBy(y - this.axis - 4);
    else if (y + this.height1 > this.height) this.scrollBy(y + this.height1 - this.height + 8);
  }

  zoomTo(i) {
    const run = this.run,
      d = Math.max(run.finishOf(i) - run.start[i], 2);
    this.view(run.start[i] - d * 1.5, run.finishOf(i) + d * 1.5, true);
  }

  // The job after or before the chosen one, along the order in which they started.
  step(by, wanted = () => true) {
    const n = this.run.count;
    if (n === 0) return;
    for (let k = 1, i = this.chosen; k <= n; k++) {
      i = i < 0 ? (by > 0 ? 0 : n - 1) : (i + by + n) % n;
      if (wanted(i)) return this.choose(i);
    }
  }

  // The job on the row above or below at the chosen one's time.
  stepRow(by) {
    const run = this.run;
    if (this.chosen < 0) return this.step(1);
    const row = run.rows.findIndex(r => r.worker === run.worker[this.chosen]) + by;
    if (row < 0 || row >= run.rows.length || run.rows[row].at.length === 0) return;
    const at = run.rows[row].at;
    this.choose(at[Math.min(at.length - 1, run.firstAfter(run.rows[row], run.start[this.chosen]))]);
  }

  listen() {
    const c = this.canvas;
    let held = null;
    c.addEventListener(
      "wheel",
      e => {
        e.preventDefault();
        const line = e.deltaMode === 1 ? 16 : 1,
          dx = e.deltaX * line,
          dy = e.deltaY * line;
        if (e.ctrlKey || e.metaKey || (this.maxScroll === 0 && Math.abs(dy) > Math.abs(dx) && !e.shiftKey))
          this.zoom(Math.exp(dy * (e.ctrlKey ? 0.01 : 0.0022)), this.time(e.offsetX));
        else if (Math.abs(dx) > Math.abs(dy) || e.shiftKey) this.pan((dx || dy) / this.plotWidth);
        else this.scrollBy(dy);
      },
      { passive: false },
    );
    c.addEventListener("pointerdown", e => {
      held = { x: e.clientX, y: e.clientY, t0: this.t0, t1: this.t1, scroll: this.scroll, moved: false };
      c.setPointerCapture(e.pointerId);
    });
    c.addEventListener("pointermove", e => {
      if (held) {
        const dx = e.clientX - held.x,
          dy = e.clientY - held.y;
        held.moved ||= Math.hypot(dx, dy) > 4;
        if (held.moved) {
          c.classList.add("held");
          const by = (dx / this.plotWidth) * (held.t1 - held.t0);
          this.scroll = Math.min(this.maxScroll, Math.max(0, held.scroll - dy));
          this.view(held.t0 - by, held.t1 - by);
        }
      }
      this.point(e.offsetX, e.offsetY, e.clientX, e.clientY);
    });
    const release = () => {
      if (held && !held.moved) this.choose(this.hover, false);
      held = null;
      c.classList.remove("held");
    };
    c.addEventListener("pointerup", release);
    c.addEventListener("pointercancel", () => {
      held = null;
      c.classList.remove("held");
    });
    c.addEventListener("pointerleave", () => {
      this.cursor = null;
      this.hover = this.hoverGap = -1;
      this.events.hover(null);
      this.redraw();
    });
    c.addEventListener("dblclick", () => (this.hover >= 0 ? this.zoomTo(this.hover) : this.fit()));
  }

  point(x, y, clientX, clientY) {
    const run = this.run;
    this.cursor = x >= this.gutter ? this.time(x) : null;
    this.hover = this.hoverGap = -1;
    const row = run.rows[Math.floor((y - this.axis - 4 + this.scroll) / this.height1)];
    if (this.cursor !== null && y > this.axis && row) {
      this.hover = run.jobAt(row, this.cursor, (2 * (this.t1 - this.t0)) / this.plotWidth);
      if (this.hover < 0) this.hoverGap = run.gapAt(row, this.cursor);
    }
    this.events.hover(
      this.hover >= 0 || this.hoverGap >= 0 ? { job: this.hover, gap: this.hoverGap, x: clientX, y: clientY } : null,
    );
    this.redraw();
  }

  redraw() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(now => {
      this.pending = false;
      if (!this.run || this.canvas.offsetParent === null) return;
      this.gliding?.(now);
      const began = performance.now();
      drawTimeline(this);
      // Said on the element, for tests and for the curious.
      Object.assign(this.canvas.dataset, {
        rows: this.run.rows.length,
        jobs: this.run.count,
        drawMillis: (performance.now() - began).toFixed(1),
      });
      this.events.drawn();
      if (this.gliding || this.run.facts.state === "running") {
        if (this.fitted && this.run.facts.state === "running") {
          this.t0 = -this.span * 0.01;
          this.t1 = this.span * 1.01;
        }
        this.redraw();
      }
    });
  }
}
