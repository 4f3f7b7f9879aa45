// Where the data comes from, and what is on the screen. Embedded: an exported page. Otherwise the API beside the page.
const embedded = byId("data").textContent.trim();
const source = embedded ? exported(JSON.parse(embedded).runs) : served();
let current = null;

const timeline = new Timeline(byId("timeline"), {
  hover: at => showTip(current, at),
  chosen: i => {
    showSide(current, timeline);
    speak(current, i);
  },
  drawn: () => overview.draw(),
});
const overview = new Overview(byId("overview"), timeline);

function exported(runs) {
  return { live: false, list: async () => runs.map(summaryOf), run: async id => runs.find(r => r.run === id) ?? null };
}

function summaryOf(r) {
  let failed = 0;
  const good = r.jobs.statuses.indexOf("succeeded");
  for (const s of r.jobs.status) if (s !== good) failed++;
  return {
    run: r.run,
    strategy: r.strategy,
    state: r.state,
    submitted: r.submitted,
    done: r.jobs.start.length,
    failed,
    wall: r.wall,
    efficiency: r.efficiency,
    peak: r.peak,
    maxWorkers: r.maxWorkers,
    startedAt: r.startedAt,
  };
}

function served() {
  const get = async path => {
    const answer = await fetch(path, { headers: { accept: "application/json" } });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(answer.status + " " + answer.statusText);
    return answer.json();
  };
  return {
    live: true,
    list: async () => (await get("/api/runs")).runs,
    run: (id, from) => get("/api/runs/" + encodeURIComponent(id) + "?from=" + from),
  };
}

function refresh() {
  if (!current) return;
  showHead(current);
  showLegend(current, timeline, refresh);
  showSide(current, timeline);
  timeline.redraw();
}

async function open(id) {
  const from = current?.facts.run === id ? current.ended : 0;
  let data = await source.run(id, from);
  if (!data) return say("There is no run " + id + ".", "lost");
  if (current?.facts.run === id && data.from === from) current.update(data);
  else current = new Run(data.from ? await source.run(id, 0) : data);
  byId("list").hidden = true;
  byId("run").hidden = false;
  byId("where").textContent = current.facts.strategy || id;
  document.title = "run " + (current.facts.strategy || id) + " · AsyncTour";
  timeline.show(current);
  refresh();
}

async function list() {
  const runs = await source.list();
  byId("run").hidden = true;
  byId("list").hidden = false;
  byId("where").textContent = "";
  document.title = "AsyncTour timeline";
  current = null;
  byId("empty").hidden = runs.length > 0;
  byId("runs").hidden = runs.length === 0;
  byId("runs").tBodies[0].replaceChildren(
    ...runs.map(r => {
      const total = r.submitted ?? r.done,
        share = r.state === "running" ? (total ? r.done / total : 0) : 1;
      return el(
        "tr",
        {
          onclick: () => {
            location.hash = "run=" + encodeURIComponent(r.run);
          },
        },
        el("td", {}, el("a", { href: "#run=" + encodeURIComponent(r.run), class: "mono" }, r.run)),
        el("td", {}, r.strategy || "–"),
        el(
          "td",
          {},
          el(
            "div",
            { class: "progress" },
            el(
              "i",
              {},
              el("b", { style: { width: share * 100 + "%", background: theme.get(r.failed ? "timed-out" : "succeeded") } }),
            ),
            el(
              "span",
              {},
              r.done.toLocaleString("en") +
                (r.state === "running" && r.submitted ? " of " + r.submitted.toLocaleString("en") : "") +
                (r.failed ? ", " + r.failed.toLocaleString("en") + " failed" : ""),
            ),
          ),
        ),
        el("td", { class: "num" }, duration(r.wall)),
        el("td", { class: "num" }, r.state === "running" ? "–" : r.efficiency.toFixed(2)),
        el("td", { class: "num" }, r.peak + " of " + r.maxWorkers.toLocaleString("en")),
        el("td", { class: "num" }, new Date(r.startedAt).toLocaleTimeString()),
      );
    }),
  );
}

function say(text, kind = "") {
  const s = byId("state");
  s.textContent = text;
  s.className = "state " + kind;
}

const wanted = () => {
  const hash = new URLSearchParams(location.hash.slice(1));
  return hash.get("run");
};

byId("scope").hidden = !source.live;

// One question after the other, each after the answer before it: a slow silo is not asked faster than it answers.
let asking = 0;
async function follow() {
  const turn = ++asking;
  try {
    const id = wanted() ?? (source.live ? null : await onlyRun());
    await (id === null ? list() : open(id));
    if (source.live) say("live · this silo's spans", "live");
  } catch (error) {
    if (source.live) say("The silo does not answer; asking again.", "lost");
    else throw error;
  }
  if (!source.live || turn !== asking) return;
  const moving = !current || current.facts.state === "running";
  if (moving || byId("state").classList.contains("lost"))
    setTimeout(
      () => {
        if (turn === asking) follow();
      },
      current ? 400 : 1000,
    );
}
async function onlyRun() {
  const runs = await source.list();
  return runs.length === 1 ? runs[0].run : null;
}

const flip = (button, field) => {
  timeline[field] = !timeline[field];
  byId(button).setAttribute("aria-pressed", String(timeline[field]));
  timeline.redraw();
};
byId("gaps").onclick = () => flip("gaps", "showGaps");
byId("path").onclick = () => flip("path", "showPath");
byId("fit").onclick = () => timeline.fit();
byId("colour").onchange = e => {
  timeline.colourBy = e.target.value;
  timeline.redraw();
};
byId("home").onclick = () => {
  location.hash = "";
};
const recolour = () => {
  theme.toggle();
  if (current) refresh();
  else follow();
};
byId("theme").onclick = recolour;
const help = () => {
  const h = byId("help");
  h.hidden = !h.hidden;
  byId("keys").setAttribute("aria-expanded", String(!h.hidden));
};
byId("keys").onclick = help;

const keys = {
  ArrowLeft: () => timeline.pan(-0.2, true),
  ArrowRight: () => timeline.pan(0.2, true),
  ArrowUp: () => timeline.stepRow(-1),
  ArrowDown: () => timeline.stepRow(1),
  "+": () => timeline.zoom(0.5, undefined, true),
  "=": () => timeline.zoom(0.5, undefined, true),
  "-": () => timeline.zoom(2, undefined, true),
  0: () => timeline.fit(),
  n: () => timeline.step(1),
  b: () => timeline.step(-1),
  e: () => timeline.step(1, i => !["succeeded", "running"].includes(current.statusOf(i))),
  Enter: () => timeline.chosen >= 0 && timeline.zoomTo(timeline.chosen),
  g: () => byId("gaps").click(),
  p: () => byId("path").click(),
  t: recolour,
  "?": help,
  c: () => {
    const pick = byId("colour");
    pick.selectedIndex = (pick.selectedIndex + 1) % pick.options.length;
    pick.onchange({ target: pick });
  },
  "[": () => {
    timeline.rowHeight = Math.max(2, timeline.height1 - 2);
    timeline.resize();
  },
  "]": () => {
    timeline.rowHeight = Math.min(60, timeline.height1 + 2);
    timeline.resize();
  },
  Escape: () => {
    byId("help").hidden = true;
    timeline.choose(-1);
  },
};
addEventListener("keydown", e => {
  const free = ["t", "?"].includes(e.key),
    inControl = (e.target.closest?.("button, select, a") && e.key === "Enter") || e.target.closest?.("select");
  if (e.ctrlKey || e.metaKey || e.altKey || inControl || !keys[e.key] || (!current && !free)) return;
  e.preventDefault();
  keys[e.key]();
});
addEventListener("hashchange", follow);
new ResizeObserver(() => timeline.resize()).observe(byId("run"));

theme.begin(() => {
  if (current) refresh();
});
follow();
