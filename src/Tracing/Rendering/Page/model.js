// A run in columns, as it came. Ended jobs only ever get more; running ones are replaced with every answer.
class Run {
  constructor(data) {
    this.start = [];
    this.finish = [];
    this.index = [];
    this.worker = [];
    this.attempt = [];
    this.queued = [];
    this.status = [];
    this.kind = [];
    this.silo = [];
    this.key = new Map();
    this.error = new Map();
    this.words = { status: [], kind: [], silo: [] };
    this.rows = [];
    this.rowOf = new Map();
    this.update(data);
  }

  get count() {
    return this.start.length;
  }
  get ended() {
    return this.endedCount;
  }

  update(data) {
    this.facts = data;
    this.truncate(this.endedCount ?? 0);
    this.append(data.jobs);
    this.endedCount = this.start.length;
    this.lastFinish = this.finish.reduce((last, f) => (f > last ? f : last), 0);
    this.append(data.running, true);
    this.arrivedAt = performance.now();
    this.path = data.path ?? [];
    this.onPath = new Set(this.path);
    this.gaps = data.gaps ? Run.groupGaps(data.gaps, this.rowOf) : null;
    this.profile = null;
    for (const row of this.rows) row.busyOf = -1;
  }

  // Running jobs are at the end of the columns; before new ones come they go.
  truncate(length) {
    for (const row of this.rows) while (row.at.length && row.at[row.at.length - 1] >= length) row.at.pop();
    for (const column of ["start", "finish", "index", "worker", "attempt", "queued", "status", "kind", "silo"])
      this[column].length = length;
    for (const texts of [this.key, this.error]) for (const at of texts.keys()) if (at >= length) texts.delete(at);
  }

  append(jobs, running = false) {
    const base = this.start.length,
      n = jobs.start.length;
    const number = (name, words) =>
      words.map(w => {
        let i = this.words[name].indexOf(w);
        if (i < 0) i = this.words[name].push(w) - 1;
        return i;
      });
    const status = number("status", jobs.statuses),
      kind = number("kind", jobs.kinds),
      silo = number("silo", jobs.silos);
    for (let i = 0; i < n; i++) {
      this.start.push(jobs.start[i]);
      this.finish.push(running ? Infinity : jobs.finish[i]);
      this.index.push(jobs.index[i]);
      this.worker.push(jobs.worker[i]);
      this.attempt.push(jobs.attempt[i]);
      this.queued.push(jobs.queued[i]);
      this.status.push(status[jobs.status[i]]);
      this.kind.push(kind[jobs.kind[i]]);
      this.silo.push(silo[jobs.silo[i]]);
      this.row(jobs.worker[i]).at.push(base + i);
    }
    for (const [at, text] of Object.entries(jobs.key)) this.key.set(base + Number(at), text);
    for (const [at, text] of Object.entries(jobs.error)) this.error.set(base + Number(at), text);
  }

  row(worker) {
    let row = this.rowOf.get(worker);
    if (!row) {
      row = { worker, at: [], gaps: null, busy: 0, busyOf: -1 };
      this.rowOf.set(worker, row);
      this.rows.push(row);
      this.rows.sort((a, b) => a.worker - b.worker);
    }
    return row;
  }

  static groupGaps(gaps, rowOf) {
    for (const row of rowOf.values()) row.gaps = [];
    for (let i = 0; i < gaps.from.length; i++) rowOf.get(gaps.worker[i])?.gaps.push(i);
    return gaps;
  }

  // The run's end as far as it is known: while it runs, time goes on between two answers.
  get end() {
    const wall = this.facts.wall;
    return this.facts.state === "running" ? wall + (performance.now() - this.arrivedAt) * 1000 : Math.max(wall, this.lastFinish);
  }
  finishOf(i) {
    const f = this.finish[i];
    return f === Infinity ? this.end : f;
  }
  statusOf(i) {
    return i >= this.endedCount ? "running" : this.words.status[this.status[i]];
  }

  // The place in the row of the first job that ends after t.
  firstAfter(row, t) {
    let lo = 0,
      hi = row.at.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.finish[row.at[mid]] <= t) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }

  jobAt(row, t, slack) {
    for (let i = Math.max(0, this.firstAfter(row, t - slack)); i < row.at.length && this.start[row.at[i]] <= t + slack; i++)
      return row.at[i];
    return -1;
  }

  gapAt(row, t) {
    if (!this.gaps || !row.gaps) return -1;
    let lo = 0,
      hi = row.gaps.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.gaps.to[row.gaps[mid]] <= t) lo = mid + 1;
      else hi = mid;
    }
    return lo < row.gaps.length && this.gaps.from[row.gaps[lo]] <= t ? row.gaps[lo] : -1;
  }

  // Starts and ends, each sorted: how many ran at t is how many had started less how many had ended.
  edges() {
    if (!this.profile) {
      const ends = Float64Array.from(this.finish.slice(0, this.endedCount)).sort();
      this.profile = { starts: Float64Array.from(this.start).sort(), ends };
    }
    return this.profile;
  }

  runningAt(t) {
    const { starts, ends } = this.edges();
    const upTo = a => {
      let lo = 0,
        hi = a.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if (a[mid] <= t) lo = mid + 1;
        else hi = mid;
      }
      return lo;
    };
    return upTo(starts) - upTo(ends);
  }

  counts() {
    const counts = new Map();
    for (let i = 0; i < this.count; i++) {
      const s = this.statusOf(i);
      counts.set(s, (counts.get(s) ?? 0) + 1);
    }
    const order = ["succeeded", "failed", "cancelled", "timed-out", "running"];
    return [...counts].sort((a, b) => ((order.indexOf(a[0]) + 99) % 99) - ((order.indexOf(b[0]) + 99) % 99));
  }

  busy(row) {
    if (row.busyOf !== row.at.length || row.at.at(-1) >= this.endedCount)
      Object.assign(row, { busyOf: row.at.length, busy: this.sum(row) });
    return row.busy;
  }
  sum(row) {
    let sum = 0;
    for (const i of row.at) sum += this.finishOf(i) - this.start[i];
    return sum;
  }

  name(i) {
    return "job " + this.index[i] + (this.attempt[i] > 1 ? " · attempt " + this.attempt[i] : "");
  }
}
