// A page is one script, and its cells are the parts of it. What runs, in which order, and what is
// out of date is decided here. How a cell looks is not known here, nor how Python is reached.

/**
 * What the script needs of a cell; <live-cell> has it all.
 * @typedef {object} Cell
 * @property {number} number its number in the text, from 1
 * @property {string} source its code as it stands
 * @property {string} book its code as the book has it
 * @property {string | undefined} raises the error that it must end with
 * @property {boolean} slow whether it runs only when somebody asks for it
 * @property {string} state one of State, or "done" or "failed"
 * @property {(state: State) => void} enter another state; "" is that of its last result
 * @property {(progress: {what: string, done: number, total: number}) => void} load how far Python is
 * @property {(text: string) => void} print what it prints, while it runs
 * @property {(result: object, source: string) => Promise<string>} show what came of it; says so in words
 * @property {(sentence: string) => void} fail without having run
 * @property {(numbers: Element[]) => void} point to the numbers that have changed
 * @property {() => void} reset to the book's code and output
 */

/** @typedef {"" | "waiting" | "loading" | "running" | "stopped" | "stale"} State */
/** @typedef {{python: import("./python.js").Python, numbers: import("./numbers.js").Numbers}} Tools */

/** Stop was pressed while something was awaited. */
class Stopped extends Error {}

export class LivePage {
  /** @type {Cell[]} */ cells = [];
  /** The texts that ran last, from the first cell on. @type {string[]} */ #texts = [];
  /** How many of them Python has behind it. */ #standing = 0;
  /** Which texts made what a cell shows, its own last. Without an entry it shows the book's.
   *  @type {Map<Cell, string[]>} */ #madeBy = new Map();
  /** @type {Cell[]} */ #asked = [];
  /** The cell that the present run is for. @type {Cell | null} */ #goal = null;
  /** The cell that is at work. @type {Cell | null} */ #now = null;
  /** The last that ran, if it failed. @type {Cell | null} */ #failed = null;
  /** Whether the cells below are to follow. */ #follow = false;
  /** @type {Promise<void> | null} */ #working = null;
  /** Grows with every stop. */ #stops = 0;
  #generation = -1;
  /** @type {Tools | null} */ #tools = null;
  #bring;
  #say;

  /**
   * @param {() => Promise<Tools>} bring Python, and the numbers in the text
   * @param {(sentences: string) => void} say what came of a run, once
   */
  constructor(bring, say) {
    this.#bring = bring;
    this.#say = say;
  }

  get busy() {
    return this.#working !== null;
  }

  /** @param {Cell} cell */
  add(cell) {
    this.cells.push(cell);
    this.cells.sort((one, other) => one.number - other.number);
  }

  /** Python goes with the last cell. @param {Cell} cell */
  remove(cell) {
    this.cells = this.cells.filter((other) => other !== cell);
    if (!this.cells.length) this.stop();
  }

  /** Runs a cell: first what it needs, afterwards what depends on it. @param {Cell} cell */
  run(cell) {
    if (cell !== this.#goal && !this.#asked.includes(cell)) {
      this.#asked.push(cell);
      cell.enter("waiting");
    }
    this.#working ??= this.#work().finally(() => (this.#working = null));
    return this.#working;
  }

  /** Runs the page from its beginning. */
  runAll() {
    this.#standing = 0;
    return this.run(this.cells[this.cells.length - 1]);
  }

  /** Ends what runs, at once. The next run begins with the cells above. */
  stop() {
    this.#stops += 1;
    this.#standing = 0;
    this.#follow = false;
    this.#asked.length = 0;
    this.#rest();
    this.#now?.enter("stopped");
    this.#goal = this.#now = null;
    this.#tools?.python.stop();
  }

  /**
   * The book's code again in these cells. Output and numbers go back with it, without Python, down to
   * the next cell that is still edited; from there on they follow if they came of what is taken back.
   * @param {Cell[]} cells
   */
  async reset(cells = this.cells) {
    if (this.busy) this.stop();
    const edits = cells.filter((cell) => cell.source !== cell.book);
    const takenBack = edits.map((cell) => /** @type {const} */ ([this.cells.indexOf(cell), cell.source]));
    for (const cell of edits) cell.reset();
    const edited = this.cells.findIndex((cell) => cell.source !== cell.book);
    const still = edited < 0 ? this.cells.length : edited;
    for (const cell of this.cells.slice(0, still)) {
      if (!this.#madeBy.delete(cell) && !cell.state) continue;
      cell.reset();
      this.#tools?.numbers.book(cell.number, cell.number);
    }
    this.#standing = this.#stillStanding();
    const old = this.cells.slice(still).find(
      (cell) => cell.state === "stale" || takenBack.some(([k, text]) => this.#madeBy.get(cell)?.[k] === text),
    );
    if (old) return this.run(old);
    if (edits.length) this.#say("The book’s code again.");
    this.#tools?.numbers.announce();
  }

  async #work() {
    /** @type {string[]} */ const news = [];
    let followed = 0;
    let last = null;
    for (;;) {
      const asked = this.#asked.shift();
      last = asked ?? last;
      const goal = asked ?? this.#following()[0];
      if (!goal) break;
      try {
        const said = await this.#upTo(goal);
        if (asked || this.#failed) news.push(said);
        else followed += 1;
      } catch (error) {
        if (!(error instanceof Stopped)) news.push(this.#broke(error, goal));
      }
      this.#goal = this.#now = null;
    }
    if (followed) news.push(`${followed === 1 ? "A cell" : `${followed} cells`} below followed.`);
    this.#rest();
    const stale = this.#markStale();
    if (stale) news.push(`From cell ${stale} on, the page is out of date.`);
    if (!news.length) return;
    this.#say(news.join(" "));
    this.#tools?.numbers.announce();
    last?.point(this.#tools?.numbers.changed ?? []);
  }

  /** The cells that follow. None does from a slow one on, nor while somebody writes above. */
  #following() {
    if (!this.#follow || this.#stillStanding() < this.#standing) return [];
    const below = this.cells.slice(this.#standing);
    const slow = below.findIndex((cell) => cell.slow);
    return (slow < 0 ? below : below.slice(0, slow)).filter((cell) => this.#isDue(cell));
  }

  /** Whether a cell shows what came of other texts than those that ran last. @param {Cell} cell */
  #isDue(cell) {
    const made = this.#madeBy.get(cell) ?? this.cells.map(({ book }) => book);
    return this.#texts.slice(0, this.cells.indexOf(cell) + 1).some((text, k) => text !== made[k]);
  }

  /** How many of the cells that Python has behind it nobody has changed since. */
  #stillStanding() {
    const changed = this.#texts.findIndex((text, k) => text !== this.cells[k].source);
    return changed < 0 ? this.#standing : Math.min(changed, this.#standing);
  }

  /** Marks what is out of date. Returns the number of the first such cell, or 0. */
  #markStale() {
    const due = this.cells.filter((cell) => this.#isDue(cell));
    for (const cell of this.cells) {
      if (due.includes(cell) && cell.state !== "stopped") cell.enter("stale");
      else if (cell.state === "stale") cell.enter("");
    }
    const from = Math.min(...due.map(({ number }) => number), this.#failed?.number ?? Infinity);
    if (from < Infinity) this.#tools?.numbers.stale(from);
    return due.length ? due[0].number : 0;
  }

  /** Runs what must run for a cell, then the cell. Says how that went. @param {Cell} goal */
  async #upTo(goal) {
    this.#goal = this.#now = goal;
    goal.enter("loading");
    const tools = await this.#ready();
    const last = this.cells.indexOf(goal);
    let said = "";
    for (let k = Math.min(this.#stillStanding(), last); k <= last; k = this.#standing) {
      if (k < last) goal.enter("waiting");
      said = await this.#runOne(k, tools);
      if (!this.#failed) continue;
      this.#rest();
      for (const other of this.#asked) other.enter("waiting");
      if (this.#failed === goal) break;
      return `${said} So cell ${goal.number} did not run.`;
    }
    return said;
  }

  /** Python, ready. */
  async #ready() {
    if (!this.#tools) {
      this.#tools = await this.#unlessStopped(this.#bring());
      this.#tools.python.addEventListener("progress", ({ detail }) => this.#now?.load(detail));
    }
    const { python } = this.#tools;
    await this.#unlessStopped(python.start());
    if (python.generation !== this.#generation) this.#standing = 0; // a new one, which knows nothing
    this.#generation = python.generation;
    return this.#tools;
  }

  /** Runs one cell, after which the numbers below it are worked out. @param {number} k @param {Tools} tools */
  async #runOne(k, { python, numbers }) {
    const cell = (this.#now = this.cells[k]);
    const { number, source, raises } = cell;
    if (this.#texts[k] !== source) this.#texts.splice(k, Infinity, source);
    this.#standing = k;
    this.#failed = null;
    cell.enter("running");
    const onText = (text) => cell.print(text);
    const result = await this.#unlessStopped(python.run(number, source, { raises, onText }));
    if (result.again_from) {
      // Python could not keep what the cells above made: they make it again.
      this.#standing = this.cells.findIndex((above) => above.number >= result.again_from);
      cell.enter("waiting");
      return "";
    }
    const said = await this.#unlessStopped(cell.show(result, source));
    const below = result.ok ? numbers.after(number) : [];
    if (below.length) numbers.show(await this.#unlessStopped(python.evaluate(number, below)));
    this.#madeBy.set(cell, this.#texts.slice(0, k + 1));
    this.#follow = result.ok;
    if (result.ok) this.#standing = k + 1;
    else this.#failed = cell;
    for (const next of this.#following()) next.enter("waiting");
    cell.enter("");
    return `Cell ${number} ${said}`;
  }

  /** Nothing waits or runs any more. */
  #rest() {
    for (const cell of this.cells) if (["waiting", "loading", "running"].includes(cell.state)) cell.enter("");
  }

  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  async #unlessStopped(promise) {
    const stops = this.#stops;
    const [outcome] = await Promise.allSettled([promise]);
    if (stops !== this.#stops) throw new Stopped();
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  /** What is no fault of a cell: Python could not be had, or died. @param {Error} error @param {Cell} goal */
  #broke(error, goal) {
    const known = "kind" in error;
    if (!known) reportError(error);
    const sentence = known ? error.message : "Python could not be loaded. Are you online? Press Run to try again.";
    const cell = this.#now ?? goal;
    this.#standing = 0;
    this.#follow = false;
    this.#asked.length = 0;
    this.#rest();
    cell.fail(sentence);
    return `Cell ${cell.number}: ${sentence}`;
  }
}
