"use strict";
// Times are microseconds. Three significant digits, and the unit that fits.
function duration(us) {
  const three = v => (Math.abs(v) < 9.995 ? v.toFixed(2) : Math.abs(v) < 99.95 ? v.toFixed(1) : v.toFixed(0));
  const a = Math.abs(us);
  if (a === 0) return "0 ms";
  if (a < 999.5) return three(us) + " µs";
  if (a < 999500) return three(us / 1e3) + " ms";
  if (a < 120e6) return three(us / 1e6) + " s";
  return Math.floor(us / 60e6) + " min " + Math.floor((us / 1e6) % 60) + " s";
}

// The same for round times on an axis, all labels of one axis in one unit.
function tickLabel(us, step) {
  if (us === 0) return "0";
  const [unit, by] = step >= 60e6 ? ["min", 60e6] : step >= 1e5 ? ["s", 1e6] : step >= 100 ? ["ms", 1e3] : ["µs", 1];
  const digits = Math.max(0, Math.ceil(-Math.log10(step / by) - 1e-9));
  return (us / by).toFixed(Math.min(digits, 6)) + " " + unit;
}

// The smallest of 1, 2, 5 × 10ⁿ that is at least so much.
function niceStep(least) {
  if (least > 30e6) return [60e6, 120e6, 300e6, 600e6, 1800e6, 3600e6].find(s => s >= least) ?? 7200e6;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(least, 1e-3)));
  return [1, 2, 5, 10].map(f => f * magnitude).find(s => s >= least);
}

const count = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many);
const percent = share => (share > 0 && share < 0.01 ? "<1" : Math.round(share * 100)) + " %";

// An element with text: never markup, whatever a job calls itself.
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "style") Object.assign(element.style, value);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter(c => c !== null && c !== undefined));
  return element;
}
const byId = id => document.getElementById(id);
