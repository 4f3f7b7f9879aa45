// The colours of the style sheet, for the canvas; read again when the theme changes.
const theme = {
  colours: {},
  get(name) {
    return (
      this.colours[name] ??
      (this.colours[name] =
        getComputedStyle(document.documentElement)
          .getPropertyValue("--" + name)
          .trim() || this.get("other"))
    );
  },
  status(name, second) {
    return second && name === "succeeded" ? this.get("succeeded-2") : this.get(this.isStatus(name) ? name : "other");
  },
  isStatus(name) {
    return ["succeeded", "failed", "cancelled", "timed-out", "running"].includes(name);
  },
  hue(n) {
    return this.get("hue-" + (n % 8));
  },
  cause(name) {
    return this.get(name.replaceAll(" ", "-"));
  },
  set(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    this.colours = {};
  },
  // What the reader chose last, else what the system prefers. A page from a file may not be allowed to remember.
  begin(changed) {
    const system = matchMedia("(prefers-color-scheme: dark)");
    let chosen = null;
    try {
      chosen = localStorage.getItem("asynctour-theme");
    } catch {
      chosen = null;
    }
    this.set(chosen ? chosen === "dark" : system.matches);
    system.addEventListener("change", () => {
      if (!chosen) {
        this.set(system.matches);
        changed();
      }
    });
  },
  toggle() {
    const dark = document.documentElement.dataset.theme !== "dark";
    this.set(dark);
    try {
      localStorage.setItem("asynctour-theme", dark ? "dark" : "light");
    } catch {
      /* Not remembered, and still shown. */
    }
  },
};

// A canvas as sharp as the screen; answers its drawing context and its size in CSS pixels.
function sharpen(canvas) {
  const ratio = devicePixelRatio || 1,
    box = canvas.getBoundingClientRect();
  const width = Math.max(1, Math.round(box.width * ratio)),
    height = Math.max(1, Math.round(box.height * ratio));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { ctx, width: box.width, height: box.height };
}
const FONT = "Inter, 'Inter Variable', 'Segoe UI Variable Text', system-ui, -apple-system, 'Segoe UI', sans-serif";
