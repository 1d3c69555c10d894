// <live-cell>: a cell of the book that runs. What stands in it without JavaScript stays in its place;
// this adds a line of buttons, and puts the reader's code and output where the book's stood.
//
//   state    waiting, loading, running, stopped, stale, done or failed; none before the first run
//   same     "book" or "differs", after a run
//   edited   while its code is not the book's

import { keep } from "./drafts.js";
import { LivePage } from "./live-page.js";
import { element } from "./make.js";
import { Output } from "./output.js";
import { dialog, receive } from "./share.js";
import { Toolbar } from "./toolbar.js";

const WORDS = {
  waiting: "Waiting…",
  loading: "Loading Python…",
  running: "Running…",
  stopped: "Stopped",
  stale: "Out of date: run it again",
};
const ENDS = { book: "✓ Same as the book", differs: "≠ Differs from the book", failed: "✗ Failed", "": "" };

/** The page that the cells make up, as long as there are any. @type {LivePage | null} */
let page = null;
/** Ends what goes with it. @type {() => void} */
let close;
/** What code is edited with and coloured by, once it is here: from then on no code is seen uncoloured. */
let editing = null;
const bringEditor = async () => (editing ??= await import("../runtime/editor.js"));

/** @param {string} runtime the version of Python that the page was built with */
function open(runtime) {
  const voice = element("p", { class: "said", role: "status" });
  document.body.append(voice);
  const bring = async () => {
    const [{ Python }, { Numbers }] = await Promise.all([import("./python.js"), import("./numbers.js")]);
    return { python: new Python(runtime), numbers: new Numbers() };
  };
  page = new LivePage(bring, (sentences) => (voice.textContent = sentences));
  const end = receive(() => page?.cells ?? [], (cell, source) => cell.take(source));
  close = () => {
    end();
    voice.remove();
    page = null;
  };
}

export class LiveCell extends HTMLElement {
  /** Its code as the book has it. */ book = "";
  /** Its code as it stands. */ source = "";
  /** The code that its output came of. */ #ran = "";
  /** How that came out. @type {keyof typeof ENDS} */ #end = "";
  /** @type {HTMLElement | null} */ #block = null;
  /** The code as the build coloured it. @type {Node[]} */ #asBuilt = [];
  /** @type {Output} */ #output;
  /** @type {Toolbar} */ #toolbar;
  /** What keeps the edits on the device. @type {ReturnType<typeof keep>} */ #kept;
  #editor = null;
  /** The line that failed, and why. @type {[number, string] | null} */ #fault = null;
  #gone = new AbortController();

  connectedCallback() {
    if (!this.#output) this.#read();
    this.#toolbar = new Toolbar(`cell ${this.number}`, (action) => this.#act(action), this.#block !== null);
    const folded = this.querySelector(":scope > details.cell-source") !== null;
    this.toggleAttribute("folded", folded); // for the style sheet, which must not ask :has() of every element
    if (folded || !this.#block) this.append(this.#toolbar.element);
    else this.#block.after(this.#toolbar.element);
    this.#gone = new AbortController();
    this.addEventListener("keydown", (event) => this.#key(event), { signal: this.#gone.signal });
    if (!page) open(this.dataset.runtime ?? "");
    page.add(this);
    this.#kept = keep(this, (source) => this.put(source));
    this.#refresh();
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#kept.release();
    this.#close();
    this.#toolbar.element.remove();
    page.remove(this);
    if (!page.cells.length) close();
  }

  get number() {
    return Number(this.dataset.cell);
  }

  get slow() {
    return "slow" in this.dataset;
  }

  get raises() {
    return this.dataset.raises;
  }

  get state() {
    return this.getAttribute("state") ?? "";
  }

  /** @param {import("./live-page.js").State} state */
  enter(state) {
    const now = state || (this.#end === "failed" ? "failed" : this.#end && "done");
    if (now) this.setAttribute("state", now);
    else this.removeAttribute("state");
    if (state === "running") {
      this.#mark(null);
      this.#output.begin();
    }
    this.#refresh();
  }

  /** @param {{what: string, done: number, total: number}} progress */
  load(progress) {
    if (this.state === "loading") this.#toolbar.load(progress);
  }

  /** After a run. @param {Element[]} numbers of the text that have changed */
  point(numbers) {
    if (this.#end !== "failed") this.#toolbar.point(numbers);
  }

  /** @param {string} text */
  print(text) {
    this.#output.print(text);
  }

  /**
   * @param {import("./output.js").Result} result
   * @param {string} source that it came of
   * @returns {Promise<string>} how it went, in words
   */
  async show(result, source) {
    this.#end = await this.#output.show(result);
    this.#ran = source;
    if (!result.ok) this.#mark(result.error.line && [result.error.line, result.error.message]);
    this.#came();
    if (!result.ok) return `failed: ${result.error.plain || result.error.message}`;
    if (!this.#shows) return "ran. It shows nothing.";
    return this.#end === "book" ? "ran: same as the book." : "ran: it differs from the book.";
  }

  /** @param {string} sentence */
  fail(sentence) {
    this.#output.say(sentence);
    this.#end = "failed";
    this.#ran = this.source;
    this.#came();
    this.enter("");
  }

  /** The book's code and output again. */
  reset() {
    this.put(this.book);
    this.#kept.reset();
    this.#output.restore();
    this.#end = "";
    this.removeAttribute("same");
    this.enter("");
    this.dispatchEvent(new CustomEvent("cell-reset", { bubbles: true }));
  }

  /** Other code in its place; nothing runs. @param {string} source */
  put(source) {
    this.source = source;
    this.#mark(null);
    if (this.#editor) this.#editor.source = source;
    else this.#colour();
    this.#refresh();
  }

  /** Code that somebody sent and the reader takes: an edit like their own. @param {string} source */
  take(source) {
    this.put(source);
    this.#kept.changed();
  }

  /** Where Shift+Enter arrives. */
  focus() {
    (this.#editor ?? this.#toolbar).focus();
  }

  /** The cell as the build left it. */
  #read() {
    const template = /** @type {HTMLTemplateElement | null} */ (this.querySelector("template.cell-code"));
    this.#block = this.querySelector(".highlight");
    const code = template?.content ?? this.#code;
    this.source = this.book = this.#ran = (code.textContent ?? "").replace(/\n$/, "");
    this.#asBuilt = [...code.childNodes].map((node) => node.cloneNode(true));
    const box = /** @type {HTMLElement | null} */ (this.querySelector(":scope > .cell-output"));
    this.#output = new Output(box, (made) =>
      this.#toolbar.element.previousElementSibling === this.#block ? this.#toolbar.element.after(made) : this.prepend(made));
  }

  get #shows() {
    return this.querySelector(":scope > .cell-output") !== null;
  }

  get #code() {
    return this.#block?.querySelector("code") ?? null;
  }

  /** @param {import("./toolbar.js").Action} action */
  #act(action) {
    if (action === "run" && ["waiting", "loading", "running"].includes(this.state)) page.stop();
    else if (action === "run") page.run(this);
    else if (action === "edit") this.#editor ? this.#close() : this.#open();
    else if (action === "reset") page.reset([this]);
    else if (action === "runAll") page.runAll();
    else if (action === "resetAll") page.reset();
    else if (action === "share") {
      const edited = page.cells.filter((cell) => cell.source !== cell.book);
      dialog(new Map(edited.map((cell) => [cell.number, cell.source])));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.altKey) return;
    if (event.ctrlKey || event.metaKey) page.run(this);
    else if (event.shiftKey) this.#runAndMoveOn();
    else return;
    event.preventDefault();
  }

  #runAndMoveOn() {
    page.run(this);
    page.cells[page.cells.indexOf(this) + 1]?.focus();
  }

  async #open() {
    try {
      const { edit } = await bringEditor();
      if (this.#editor || !this.isConnected) return;
      this.#editor = edit(this.#block, {
        source: this.source,
        label: `Code of cell ${this.number}`,
        onChange: (source) => this.#typed(source),
        onRun: () => page.run(this),
        onRunNext: () => this.#runAndMoveOn(),
      });
    } catch {
      this.#toolbar.say("The editor could not be loaded. Are you online?");
      return;
    }
    this.#mark(this.#fault);
    this.#editor.focus();
    this.#refresh();
  }

  #close() {
    if (!this.#editor) return;
    this.#editor.destroy();
    this.#editor = null;
    this.#colour();
    this.#mark(this.#fault);
    this.#refresh();
  }

  /** @param {string} source */
  #typed(source) {
    this.source = source;
    this.#fault = null;
    this.#kept.changed();
    this.#refresh();
  }

  /** The code as the book sets it: as built, or in the colours that come with the editor. */
  async #colour() {
    const { source } = this;
    if (source === this.book) {
      this.#code?.replaceChildren(...this.#asBuilt.map((node) => node.cloneNode(true)));
      return;
    }
    this.#code?.replaceChildren(`${source}\n`);
    const { coloured } = editing ?? (await bringEditor().catch(() => ({})));
    if (!coloured || this.#editor || source !== this.source) return;
    this.#code?.replaceChildren(coloured(`${source}\n`));
    this.#mark(this.#fault);
  }

  /** @param {[number, string] | null} fault */
  #mark(fault) {
    this.#fault = fault;
    this.#code?.querySelector(".cell-line")?.remove();
    if (this.#editor) return this.#editor.mark(...(fault ?? [null]));
    if (!fault) return;
    const line = element("span", { class: "cell-line" });
    line.style.setProperty("--line", String(fault[0]));
    this.#code?.append(line);
  }

  /** A run has ended. */
  #came() {
    if (this.#end === "failed") this.removeAttribute("same");
    else this.setAttribute("same", this.#end);
    this.#refresh();
    this.dispatchEvent(new CustomEvent("cell-ran", { bubbles: true }));
  }

  #refresh() {
    const { state } = this;
    const edited = this.source !== this.book;
    this.toggleAttribute("edited", edited);
    let saying = WORDS[state] ?? ENDS[this.#end];
    if (state === "done" && this.#end === "book" && !this.#shows) saying = "✓ Ran, shows nothing";
    if (!(state in WORDS) && this.source !== this.#ran) saying = "Edited, not run yet";
    this.#toolbar.show({ state, edited, editing: this.#editor !== null, saying });
  }
}
