// Reads trace and metric files with the message classes that OpenTelemetry's own exporters are generated from, writes what
// it understood back, and names everything that was in the file and is not in the answer.
const fs = require("fs");
const proto = require("@opentelemetry/otlp-transformer/build/src/generated/root").opentelemetry.proto.collector;

const kinds = { traces: proto.trace.v1.ExportTraceServiceRequest, metrics: proto.metrics.v1.ExportMetricsServiceRequest };
const counts = { lines: 0, spans: 0, points: 0 };
const losses = [];

// OTLP's JSON has ids in hex where its messages have bytes.
const ids = new Set(["traceId", "spanId", "parentSpanId"]);
const toBytes = (key, value) => (ids.has(key) && typeof value === "string" ? Buffer.from(value, "hex") : value);
const text = value => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value));

function compare(before, after, path) {
  if (before === null || typeof before !== "object" || before instanceof Uint8Array) {
    if (text(before) !== text(after)) losses.push(`${path}: ${text(before)} became ${text(after)}`);
    return;
  }
  for (const key of Object.keys(before)) {
    if (after === undefined || after === null || !(key in after)) losses.push(`${path}.${key} is lost`);
    else compare(before[key], after[key], `${path}.${key}`);
  }
}

for (const file of process.argv.slice(2)) {
  const kind = kinds[file.includes(".metrics.") ? "metrics" : "traces"];
  for (const line of fs.readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const object = JSON.parse(line, toBytes);
    const again = kind.toObject(kind.decode(kind.encode(kind.fromObject(object)).finish()), { longs: String, enums: Number });
    compare(object, again, "");
    counts.lines++;
    for (const resource of again.resourceSpans ?? []) for (const scope of resource.scopeSpans) counts.spans += scope.spans.length;
    for (const resource of again.resourceMetrics ?? []) for (const scope of resource.scopeMetrics) for (const metric of scope.metrics) counts.points += (metric.sum ?? metric.histogram).dataPoints.length;
  }
}

console.log(`${counts.lines} lines, ${counts.spans} spans, ${counts.points} points, ${losses.length} losses`);
for (const loss of losses.slice(0, 20)) console.log(loss);
process.exit(losses.length ? 1 : 0);
