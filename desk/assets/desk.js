// The page's own script: highlights, copying, shortcuts, theme. No text is judged here.
// Offsets from the server count code points; JavaScript strings count UTF-16 units.

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const shown = (element) => element && element.offsetParent !== null;
const benchOf = (element) => element.closest(".bench");
const activeBench = () => $$(".bench").find(shown);
const narrow = () => window.matchMedia("(max-width: 860px)").matches;

// --- evidence ------------------------------------------------------------------------------------

function mark(bench, spans) {
  const marks = [];
  for (const paragraph of $$(".body p[data-at]", bench)) {
    const points = Array.from(paragraph.textContent);
    const from = Number(paragraph.dataset.at);
    const inside = spans
      .map(([start, end]) => [Math.max(0, start - from), Math.min(points.length, end - from)])
      .filter(([start, end]) => start < end)
      .sort((a, b) => a[0] - b[0]);
    const pieces = [];
    let at = 0;
    for (const [start, end] of inside) {
      if (end <= at) continue;
      const first = Math.max(start, at);
      pieces.push(points.slice(at, first).join(""));
      const node = document.createElement("mark");
      node.textContent = points.slice(first, end).join("");
      pieces.push(node);
      marks.push(node);
      at = end;
    }
    if (inside.length || paragraph.querySelector("mark")) {
      paragraph.replaceChildren(...pieces, points.slice(at).join(""));
    }
  }
  return marks;
}

function showEvidence(source) {
  const bench = benchOf(source);
  if (!bench) return;
  const spans = JSON.parse(source.dataset.spans || "[]");
  const marks = mark(bench, spans);
  for (const other of $$(".lit", bench)) other.classList.remove("lit");
  source.classList.add("lit");
  if (narrow()) return sheet(marks);
  const pane = bench.querySelector(".text-pane");
  if (marks.length && pane) {
    const top = marks[0].getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight / 3, behavior: "smooth" });
  }
}

// On a phone the text is a screen away, so the evidence comes to the reader.
function sheet(marks) {
  const box = document.querySelector(".sheet");
  const quotes = box.querySelector(".quotes");
  const paragraphs = [...new Set(marks.map((node) => node.closest("p")))];
  quotes.replaceChildren(...paragraphs.map((node) => node.cloneNode(true)));
  box.hidden = paragraphs.length === 0;
}

// --- clicks --------------------------------------------------------------------------------------

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea"); // plain http on another host has no clipboard API
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const toast = document.querySelector(".toast");
  toast.textContent = toast.dataset.copied;
  toast.hidden = false;
  setTimeout(() => (toast.hidden = true), 1200);
}

function toggle(what) {
  const help = document.querySelector("dialog.help");
  if (what === "theme") {
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("desk-theme", dark ? "dark" : "light");
  } else if (what === "help") {
    help.open ? help.close() : help.showModal();
  } else {
    help.close();
    document.querySelector(".sheet").hidden = true;
  }
}

// The next report is pasted over the last one: its text is selected as soon as the field is back, and on a few frames
// after it, as Gradio may draw the field once more and drop the selection.
function selectSource(bench, tries = 60, frames = 6, text = null) {
  const field = bench.querySelector(".source textarea");
  if (!shown(field)) {
    if (tries) requestAnimationFrame(() => selectSource(bench, tries - 1));
  } else if (text === null || (frames && field.value === text && document.activeElement === field)) {
    field.select();
    requestAnimationFrame(() => selectSource(bench, 0, frames - 1, field.value));
  }
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const toggler = target.closest("[data-toggle]");
  if (toggler) return toggle(toggler.dataset.toggle);
  const copier = target.closest("[data-copy]");
  if (copier) return copy(copier.dataset.copy);
  if (target.closest(".do-edit")) selectSource(benchOf(target));
  const doer = target.closest("[data-do]");
  if (doer) return doer.matches(".use") && showEvidence(doer.closest(".card"));
  const finding = target.closest(".finding");
  if (finding) finding.parentElement.classList.toggle("open");
  const source = target.closest("[data-spans]");
  if (source) showEvidence(source);
});

// Before Gradio hears the click: what is erased doesn't come back.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest(".do-erase")) return;
    if (!confirm(document.querySelector(".toast").dataset.erase)) event.stopImmediatePropagation();
  },
  true,
);

// --- keys ----------------------------------------------------------------------------------------

const press = (selector, index = 0) => {
  const bench = activeBench();
  const button = bench && $$(selector, bench).filter(shown)[index];
  if (button) button.click();
  return Boolean(button);
};

function turn(step) {
  const bench = activeBench();
  const list = bench ? $$(".articles button", bench) : [];
  const here = list.findIndex((button) => button.getAttribute("aria-current"));
  const next = list[here + step];
  if (next) next.click();
  return Boolean(next);
}

function copyHeadline() {
  const field = activeBench()?.querySelector(".field-main textarea, .field-main input");
  if (field?.value) copy(field.value);
  return Boolean(field?.value);
}

const ALT = {
  KeyS: () => press(".do-shorter"),
  KeyL: () => press(".do-longer"),
  KeyR: () => press(".do-again"),
  KeyA: () => press(".do-accept"),
  KeyC: copyHeadline,
  KeyN: () => press(".do-edit"),
  BracketLeft: () => turn(-1),
  BracketRight: () => turn(1),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    if (press(".do-write")) event.preventDefault();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const digit = /^Digit([1-9])$/.exec(event.code);
    const act = digit ? () => press(".card .use", Number(digit[1]) - 1) : ALT[event.code];
    if (act && act()) event.preventDefault();
  } else if (event.key === "?" && !typing) {
    toggle("help");
  } else if ((event.key === "Enter" || event.key === " ") && event.target.matches(".card, .piece")) {
    event.preventDefault();
    showEvidence(event.target);
  }
});

// --- theme ---------------------------------------------------------------------------------------

// Gradio sets the class from the system's preference; a choice made here stands over it.
const chosen = localStorage.getItem("desk-theme");
if (chosen) {
  const apply = () => document.body.classList.toggle("dark", chosen === "dark");
  apply();
  const watch = new MutationObserver(apply);
  watch.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  setTimeout(() => watch.disconnect(), 3000);
}
