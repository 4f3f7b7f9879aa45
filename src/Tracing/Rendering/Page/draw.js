// Draws a timeline. Level of detail: a job wider than three pixels is a bar of its own; narrower neighbours run together
// into one block, as opaque as they were busy. What did not succeed is drawn last and never thinner than two pixels, so that
// no failure is lost among 100,000 jobs.
function drawTimeline(view) {
  const { ctx, width, height } = sharpen(view.canvas),
    run = view.run;
  Object.assign(view, { ctx, width, height });
  view.gutter = Math.max(64, 30 + String(run.rows.at(-1)?.worker ?? 0).length * 8 + (view.height1 >= 14 ? 34 : 0));
  view.scroll = Math.min(view.scroll, view.maxScroll);
  ctx.clearRect(0, 0, width, height);
  ctx.textBaseline = "middle";

  ctx.save();
  ctx.beginPath();
  ctx.rect(0, view.axis, width, height - view.axis);
  ctx.clip();
  drawStripes(view);
  drawGrid(view);
  ctx.save();
  ctx.beginPath();
  ctx.rect(view.gutter, view.axis, width - view.gutter, height - view.axis);
  ctx.clip();
  const first = Math.max(0, Math.floor((view.scroll - 4) / view.height1)),
    last = Math.min(run.rows.length - 1, Math.ceil((view.scroll + height - view.axis) / view.height1));
  for (let r = first; r <= last; r++) {
    if (view.showGaps) drawGaps(view, run.rows[r], view.y(r));
    drawRow(view, run.rows[r], view.y(r));
  }
  if (view.showPath) drawPath(view);
  drawMarks(view);
  ctx.restore();
  drawLabels(view, first, last);
  ctx.restore();
  drawAxis(view);
}

const inset = h => (h >= 12 ? Math.max(1.5, h * 0.1) : h >= 6 ? 0.75 : 0.25);

function drawStripes(view) {
  const { ctx } = view;
  if (view.height1 < 10) return;
  ctx.fillStyle = theme.get("row");
  for (let r = 1; r < view.run.rows.length; r += 2) ctx.fillRect(0, view.y(r), view.width, view.height1);
}

function ticks(view) {
  const step = niceStep(((view.t1 - view.t0) * 96) / view.plotWidth),
    at = [];
  for (let t = Math.max(0, Math.ceil(view.t0 / step) * step); t <= Math.min(view.t1, view.span); t += step) at.push(t);
  return { step, at };
}

function drawGrid(view) {
  const { ctx } = view;
  ctx.fillStyle = theme.get("hair");
  for (const t of ticks(view).at) ctx.fillRect(Math.round(view.x(t)), view.axis, 1, view.height);
  ctx.fillStyle = theme.get("line");
  const end = view.x(view.run.end);
  if (view.run.facts.state !== "running") ctx.fillRect(Math.round(end), view.axis, 1, view.height);
}

function colourOf(view, i) {
  const run = view.run;
  if (view.colourBy === "kind") return theme.hue(run.kind[i]);
  if (view.colourBy === "silo") return theme.hue(run.silo[i]);
  if (view.colourBy === "attempt") return run.attempt[i] > 1 ? theme.get("timed-out") : theme.get("cancelled");
  return theme.status(run.statusOf(i), run.index[i] % 2 === 1);
}

function drawRow(view, row, top) {
  const { ctx, run } = view,
    h = view.height1,
    pad = inset(h),
    y = top + pad,
    height = h - 2 * pad;
  const scale = view.plotWidth / (view.t1 - view.t0),
    left = view.gutter - view.t0 * scale;
  const late = [];
  let block = null;
  const flush = () => {
    if (!block) return;
    ctx.globalAlpha = block.dim ? 0.12 : 0.4 + 0.6 * Math.min(1, block.busy / Math.max(0.5, block.to - block.from));
    ctx.fillStyle = block.colour;
    ctx.fillRect(block.from, y, Math.max(0.75, block.to - block.from), height);
    ctx.globalAlpha = 1;
    block = null;
  };
  for (let k = run.firstAfter(row, view.t0); k < row.at.length; k++) {
    const i = row.at[k];
    const x0 = left + run.start[i] * scale;
    if (x0 > view.width) break;
    const x1 = left + run.finishOf(i) * scale,
      status = run.statusOf(i);
    if (status !== "succeeded") {
      late.push(i, x0, x1);
      continue;
    }
    const dim = view.dimmed.has(status);
    if (x1 - x0 >= 3) {
      flush();
      drawBar(view, i, x0, x1, y, height, dim);
      continue;
    }
    if (block && x0 - block.to < 0.8 && block.dim === dim && block.key === run[view.colourBy]?.[i]) {
      block.to = Math.max(block.to, x1);
      block.busy += x1 - x0;
    } else {
      flush();
      block = {
        from: x0,
        to: x1,
        busy: x1 - x0,
        dim,
        key: run[view.colourBy]?.[i],
        colour: view.colourBy === "status" ? theme.get("succeeded") : colourOf(view, i),
      };
    }
  }
  flush();
  for (let k = 0; k < late.length; k += 3)
    drawBar(
      view,
      late[k],
      late[k + 1],
      Math.max(late[k + 2], late[k + 1] + 2),
      y,
      height,
      view.dimmed.has(run.statusOf(late[k])),
    );
}

function drawBar(view, i, x0, x1, y, height, dim) {
  const { ctx, run } = view,
    w = Math.max(1, x1 - x0 - (x1 - x0 > 3 ? 1 : 0)),
    running = run.statusOf(i) === "running";
  ctx.globalAlpha = dim ? 0.12 : running ? 0.5 : 1;
  ctx.fillStyle = colourOf(view, i);
  if (w > 7 && height > 8) {
    ctx.beginPath();
    ctx.roundRect(x0, y, w, height, Math.min(4, height / 4));
    ctx.fill();
  } else ctx.fillRect(x0, y, w, height);
  if (running) {
    ctx.globalAlpha = dim ? 0.12 : 1;
    ctx.fillRect(x0 + w - 2, y, 2, height);
  }
  if (!dim && height >= 13 && w > 16) label(view, i, x0, w, y + height / 2);
  ctx.globalAlpha = 1;
}

// The job's index, and beside it its key where there is room for both; a bar that begins left of the view is named where it is seen.
function label(view, i, x0, w, middle) {
  const { ctx, run } = view,
    left = Math.max(x0, view.gutter) + 6,
    room = x0 + w - 5 - left;
  const index = run.index[i] + (run.attempt[i] > 1 ? "×" + run.attempt[i] : "");
  ctx.font = "600 11px " + FONT;
  const needs = index.length * 6.9;
  if (room < needs) return;
  ctx.fillStyle = theme.get("on-bar");
  ctx.fillText(index, left, middle + 0.5);
  const key = run.key.get(i);
  if (!key || key === index || room < needs + 46) return;
  ctx.font = "450 11px " + FONT;
  ctx.globalAlpha = 0.78;
  ctx.fillText(clip(ctx, key, room - needs - 6), left + needs + 6, middle + 0.5);
}

function clip(ctx, text, room) {
  const plain = text.slice(0, 80).replace(/\p{C}/gu, "\uFFFD");
  if (ctx.measureText(plain).width <= room) return plain;
  let n = Math.floor(room / 6);
  while (n > 1 && ctx.measureText(plain.slice(0, n) + "…").width > room) n--;
  return n > 1 ? plain.slice(0, n) + "…" : "";
}

function drawGaps(view, row, top) {
  const { ctx, run } = view,
    gaps = run.gaps,
    h = view.height1,
    pad = inset(h);
  if (!gaps || !row.gaps) return;
  for (const g of row.gaps) {
    const x0 = view.x(gaps.from[g]);
    if (gaps.to[g] < view.t0 || x0 > view.width) continue;
    const x1 = view.x(gaps.to[g]),
      w = x1 - x0,
      cause = gaps.causes[gaps.cause[g]];
    if (w < 1.5) continue;
    ctx.fillStyle = theme.cause(cause);
    ctx.globalAlpha = g === view.hoverGap ? 0.34 : 0.15;
    ctx.fillRect(x0, top + pad, Math.max(1, w - 1), h - 2 * pad);
    ctx.globalAlpha = 1;
    if (h < 18) continue;
    ctx.font = "450 11px " + FONT;
    const from = Math.max(x0, view.gutter) + 7;
    if (x1 - from > cause.length * 6 + 6) ctx.fillText(cause, from, top + h / 2 + 0.5);
  }
}

function drawPath(view) {
  const { ctx, run } = view,
    h = view.height1,
    pad = inset(h),
    rowOf = new Map(run.rows.map((r, n) => [r.worker, n]));
  ctx.strokeStyle = theme.get("ink");
  ctx.lineWidth = h >= 12 ? 1.75 : 1;
  let from = null;
  // Where the path's jobs are too thin for frames, it is a line through their middles.
  const thin = run.path.length > 0 && (view.x(run.end) - view.x(0)) / run.path.length < 5;
  for (const i of run.path) {
    const y = view.y(rowOf.get(run.worker[i])),
      x0 = view.x(run.start[i]),
      x1 = view.x(run.finishOf(i)),
      middle = y + h / 2;
    if (from) {
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      ctx.lineTo(x0, middle);
      ctx.stroke();
    }
    if (thin) {
      ctx.beginPath();
      ctx.moveTo(x0, middle);
      ctx.lineTo(x1, middle);
      ctx.stroke();
    } else if (x1 > view.gutter && x0 < view.width) {
      ctx.beginPath();
      ctx.roundRect(x0 + 0.5, y + pad, Math.max(1.5, x1 - x0 - 1.5), h - 2 * pad, h >= 12 ? 4 : 0);
      ctx.stroke();
    }
    from = { x: x1, y: middle };
  }
}

// The hovered and the chosen job, and the line under the pointer.
function drawMarks(view) {
  const { ctx, run } = view,
    h = view.height1,
    pad = inset(h);
  if (view.cursor !== null) {
    ctx.fillStyle = theme.get("ink-3");
    ctx.globalAlpha = 0.5;
    ctx.fillRect(Math.round(view.x(view.cursor)), view.axis, 1, view.height);
    ctx.globalAlpha = 1;
  }
  for (const [i, chosen] of [
    [view.hover, false],
    [view.chosen, true],
  ]) {
    if (i < 0 || i >= run.count) continue;
    const y = view.y(run.rows.findIndex(r => r.worker === run.worker[i])),
      x0 = view.x(run.start[i]),
      w = Math.max(3, view.x(run.finishOf(i)) - x0);
    ctx.strokeStyle = theme.get("ink");
    ctx.lineWidth = chosen ? 2 : 1;
    ctx.globalAlpha = chosen ? 1 : 0.6;
    ctx.beginPath();
    ctx.roundRect(x0 - 0.5, y + pad - 0.5, w, h - 2 * pad + 1, h >= 12 ? 4 : 1);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
}

function drawLabels(view, first, last) {
  const { ctx, run } = view,
    h = view.height1,
    every = h >= 13 ? 1 : Math.ceil(13 / h);
  ctx.textAlign = "right";
  for (let r = first; r <= last; r++) {
    if (r % every) continue;
    const row = run.rows[r],
      y = view.y(r) + h / 2 + 0.5,
      share = run.busy(row) / Math.max(1, run.end);
    ctx.font = "550 12px " + FONT;
    ctx.fillStyle = theme.get(h >= 13 ? "ink" : "ink-2");
    ctx.fillText(String(row.worker), view.gutter - (h >= 14 ? 46 : 10), y);
    if (h < 14) continue;
    ctx.font = "450 11px " + FONT;
    ctx.fillStyle = theme.get("ink-3");
    ctx.fillText(percent(share), view.gutter - 10, y);
  }
  ctx.textAlign = "left";
}

function drawAxis(view) {
  const { ctx } = view,
    { step, at } = ticks(view);
  ctx.fillStyle = theme.get("line");
  ctx.fillRect(0, view.axis - 1, view.width, 1);
  ctx.font = "450 11px " + FONT;
  ctx.fillStyle = theme.get("ink-3");
  ctx.textAlign = "right";
  ctx.fillText(view.height1 >= 14 ? "worker" : "", view.gutter - 10, view.axis / 2);
  ctx.textAlign = "left";
  const at1 =
    view.cursor === null ? null : duration(Math.max(0, view.cursor)) + " · " + view.run.runningAt(view.cursor) + " running";
  ctx.font = "600 11px " + FONT;
  const wide = at1 ? ctx.measureText(at1).width : 0,
    from = at1 ? Math.min(Math.max(view.gutter, view.x(view.cursor) - wide / 2), view.width - wide - 10) : 0;
  if (at1) {
    ctx.fillStyle = theme.get("ink");
    ctx.fillText(at1, from, view.axis / 2);
  }
  ctx.font = "450 11px " + FONT;
  ctx.fillStyle = theme.get("ink-2");
  for (const t of at) {
    const x = view.x(t),
      text = tickLabel(t, step),
      w = ctx.measureText(text).width;
    if (x < view.gutter - 2 || x + w > view.width - 6 || (at1 && x + w > from - 12 && x < from + wide + 12)) continue;
    ctx.fillText(text, x, view.axis / 2);
  }
}
