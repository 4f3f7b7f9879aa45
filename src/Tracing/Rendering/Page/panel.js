// What stands beside the timeline in words and numbers. All text goes through el(), which sets it as text.
const swatch = colour => el("span", { class: "swatch", style: { background: colour } });
const card = (title, note, ...content) =>
  el("section", { class: "card" }, el("h2", {}, title, note ? el("span", {}, note) : null), ...content);
const pairs = rows => el("dl", { class: "pairs" }, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

function showHead(run) {
  const f = run.facts,
    running = f.state === "running",
    end = run.end,
    ended = run.ended;
  byId("title").textContent = "run " + (f.strategy || f.run);
  const started = new Date(f.startedAt);
  byId("subtitle").replaceChildren(
    el("span", { class: "mono" }, f.run),
    " · trace ",
    el("span", { class: "mono", title: f.traceId }, f.traceId.slice(0, 8)),
    " · " + started.toLocaleDateString(undefined, { dateStyle: "medium" }) + " " + started.toLocaleTimeString(),
    f.complete || running ? "" : " · its own span is missing: it still ran, or its coordinator died",
    f.leftOut ? " · " + count(f.leftOut, "more job is", "more jobs are") + " in the trace file only" : "",
    f.skippedLines ? " · " + count(f.skippedLines, "line", "lines") + " of the files could not be read" : "",
  );
  const fact = (name, value, note, meter) =>
    el(
      "div",
      {},
      el("dt", {}, name),
      el(
        "dd",
        {},
        value,
        note ? el("small", {}, " " + note) : null,
        meter === undefined
          ? null
          : el("div", { class: "meter" }, el("i", { style: { width: Math.min(100, meter * 100) + "%" } })),
      ),
    );
  const efficiency = running ? null : f.efficiency,
    total = f.submitted ?? null;
  byId("facts").replaceChildren(
    fact("Wall", duration(end)),
    ...(running ? [] : [fact("Ideal", duration(f.ideal)), fact("Efficiency", efficiency.toFixed(3), null, efficiency)]),
    fact("Peak", String(f.peak), "of " + f.maxWorkers.toLocaleString("en")),
    fact(
      "Jobs",
      running || total === null ? (ended + f.leftOut).toLocaleString("en") : total.toLocaleString("en"),
      running && total !== null ? "of " + total.toLocaleString("en") : null,
      running && total ? (ended + f.leftOut) / total : undefined,
    ),
  );
}

function showLegend(run, timeline, changed) {
  byId("legend").replaceChildren(
    ...run.counts().map(([status, n]) =>
      el(
        "button",
        {
          type: "button",
          "aria-pressed": String(!timeline.dimmed.has(status)),
          title: "Show or dim " + status,
          onclick: () => {
            if (!timeline.dimmed.delete(status)) timeline.dimmed.add(status);
            changed();
          },
        },
        swatch(theme.status(status)),
        el("b", {}, n.toLocaleString("en")),
        status || "without a status",
      ),
    ),
  );
}

function showSide(run, timeline) {
  const f = run.facts,
    cards = [jobCard(run, timeline)];
  if (f.idle) {
    cards.push(
      idleCard(run),
      spreadCard(
        "Run time",
        f.runTime,
        histogram(run, i => run.finishOf(i) - run.start[i]),
      ),
      spreadCard(
        "Queue time",
        f.queueTime,
        histogram(run, i => run.queued[i]),
      ),
      pathCard(run, timeline),
    );
    if (run.words.silo.length > 1) cards.push(siloCard(run));
  }
  byId("side").replaceChildren(...cards.filter(Boolean));
}

function jobCard(run, timeline) {
  const i = timeline.chosen;
  if (i < 0 || i >= run.count) return null;
  const status = run.statusOf(i),
    ended = status !== "running",
    error = run.error.get(i),
    key = run.key.get(i);
  const rows = [
    ["Worker", String(run.worker[i])],
    ["Silo", run.words.silo[run.silo[i]] || "–"],
    ["Kind", run.words.kind[run.kind[i]]],
    ["Attempt", String(run.attempt[i])],
    ["Queued", duration(run.queued[i])],
    ["Started", duration(run.start[i])],
  ];
  if (key) rows.unshift(["Key", key]);
  if (ended) rows.push(["Finished", duration(run.finish[i])], ["Ran", duration(run.finish[i] - run.start[i])]);
  const list = pairs(rows);
  if (error) list.append(el("dd", { class: "error" }, error));
  const box = card("Job " + run.index[i], null, list);
  box.querySelector("h2").append(el("span", {}, swatch(theme.status(status)), " " + status));
  box.querySelector(".swatch").style.display = "inline-block";
  box.id = "job";
  return box;
}

function idleCard(run) {
  const f = run.facts,
    causes = Object.entries(f.idle),
    total = causes.reduce((sum, [, t]) => sum + t, 0);
  const whole = run.rows.length * run.end;
  return card(
    "Idle time",
    duration(total) + ", " + percent(total / Math.max(1, whole)) + " of worker time",
    el(
      "div",
      { class: "stack" },
      ...causes.map(([cause, t]) => el("i", { style: { flex: String(t), background: theme.cause(cause) } })),
    ),
    el(
      "div",
      { class: "causes" },
      ...causes.flatMap(([cause, t]) => [
        swatch(theme.cause(cause)),
        el("span", {}, cause),
        el("span", {}, duration(t)),
        el("span", {}, percent(t / Math.max(1, total))),
      ]),
    ),
  );
}

function spreadCard(title, spread, chart) {
  return card(
    title,
    null,
    chart,
    el(
      "dl",
      { class: "quarters" },
      ...["p50", "p90", "p99", "max"].map(p => el("div", {}, el("dt", {}, p), el("dd", {}, duration(spread[p])))),
    ),
  );
}

// Forty bars from nothing to the longest; drawn once it is on the page and has a size.
function histogram(run, value) {
  const canvas = el("canvas", { class: "bars", "aria-hidden": "true" }),
    bins = new Float64Array(40);
  let most = 1;
  for (let i = 0; i < run.ended; i++) most = Math.max(most, value(i));
  for (let i = 0; i < run.ended; i++) bins[Math.min(39, Math.floor((Math.max(0, value(i)) / most) * 40))]++;
  const highest = Math.max(...bins);
  requestAnimationFrame(() => {
    if (!canvas.isConnected) return;
    const { ctx, width, height } = sharpen(canvas),
      w = width / 40;
    ctx.fillStyle = theme.get("line");
    ctx.fillRect(0, height - 1, width, 1);
    ctx.fillStyle = theme.get("succeeded");
    bins.forEach((n, b) => {
      if (n > 0) {
        const h = Math.max(2, (n / highest) * (height - 3));
        ctx.beginPath();
        ctx.roundRect(b * w + 0.5, height - 1 - h, w - 1.5, h, [2, 2, 0, 0]);
        ctx.fill();
      }
    });
  });
  return canvas;
}

function pathCard(run, timeline) {
  const f = run.facts,
    path = run.path,
    shown = path.length > 12 ? [...path.slice(0, 6), null, ...path.slice(-6)] : path;
  return card(
    "Critical path",
    count(path.length, "job", "jobs") + ", " + percent(f.pathBusy / Math.max(1, f.wall)) + " of wall",
    el("p", {}, "Shorten one of these jobs, and the run is shorter."),
    el(
      "div",
      { class: "chain" },
      ...shown.map(i =>
        i === null
          ? el("i", {}, "… " + (path.length - 12) + " more …")
          : el("button", { type: "button", onclick: () => timeline.choose(i) }, String(run.index[i])),
      ),
    ),
  );
}

function siloCard(run) {
  const jobs = new Map(),
    workers = new Map();
  for (let i = 0; i < run.ended; i++) {
    const silo = run.words.silo[run.silo[i]];
    jobs.set(silo, (jobs.get(silo) ?? 0) + 1);
    workers.set(silo, (workers.get(silo) ?? new Set()).add(run.worker[i]));
  }
  const list = pairs(
    [...jobs].map(([silo, n]) => [
      silo || "–",
      count(n, "job", "jobs") + ", " + count(workers.get(silo).size, "worker", "workers"),
    ]),
  );
  list.classList.add("tight");
  return card("Silos", count(jobs.size, "silo", "silos"), list);
}

function showTip(run, at) {
  const tip = byId("tip");
  if (!at) {
    tip.hidden = true;
    return;
  }
  if (at.job >= 0) {
    const i = at.job,
      status = run.statusOf(i),
      key = run.key.get(i),
      error = run.error.get(i);
    const dot = swatch(theme.status(status));
    tip.replaceChildren(
      el("b", {}, "Job " + run.index[i] + (key ? " · " + key.slice(0, 120) : "")),
      el("span", { class: "status" }, dot, status),
      el(
        "div",
        {},
        run.words.kind[run.kind[i]] + " on worker " + run.worker[i] + (run.attempt[i] > 1 ? ", attempt " + run.attempt[i] : ""),
      ),
      el(
        "div",
        {},
        (status === "running" ? "runs for " : "ran ") +
          duration(run.finishOf(i) - run.start[i]) +
          ", after " +
          duration(run.queued[i]) +
          " in the queue",
      ),
      ...(error ? [el("div", { style: { color: theme.get("failed") } }, error.slice(0, 200))] : []),
    );
  } else {
    const g = at.gap,
      cause = run.gaps.causes[run.gaps.cause[g]];
    tip.replaceChildren(
      el("b", {}, "Idle " + duration(run.gaps.to[g] - run.gaps.from[g])),
      el("span", { class: "status" }, swatch(theme.cause(cause)), cause),
    );
  }
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(at.x + 14, innerWidth - box.width - 10)) + "px";
  tip.style.top = (at.y + 18 + box.height > innerHeight ? Math.max(8, at.y - box.height - 12) : at.y + 18) + "px";
}

function speak(run, i) {
  byId("spoken").textContent =
    i < 0
      ? ""
      : run.name(i) + ", " + run.statusOf(i) + ", worker " + run.worker[i] + ", ran " + duration(run.finishOf(i) - run.start[i]);
}
