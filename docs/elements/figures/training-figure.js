// Training: the network, its loss and its answers on a map after any of the epochs, from any of a thousand
// seeds and with other learning rates. A run is worked out here, once for each start and rate.

import { AnswersMap } from "./answers-map.js";
import { Figure, put } from "./figure.js";
import { PARAMETERS, training } from "./formulas.js";
import { Originals } from "./originals.js";
import { Plane, trace, units } from "./plane.js";
import { printed, signed } from "./printed.js";
import { numbersIn } from "./seeds.js";

const EPOCHS = 1000;
const RATES = ["0.01", "0.1", "1", "10"];
const PACE = 0.05; // epochs in a millisecond: all of them in twenty seconds
const STRIDE = 50; // epochs that a step is, where nothing may move by itself
const SEEDS = 1000;

/** @typedef {import("./figure.js").Values} Values */
/** @typedef {{key: string, parameters: Float64Array, losses: Float64Array}} Run */

export class TrainingFigure extends Figure {
  static observedAttributes = ["epoch", "rate", "seed", "pounds", "inches"];

  #originals = new Originals();
  /** @type {Run} */ #run;
  /** The starting parameters of all seeds, once a reader has asked for one. @type {Float64Array | null} */ #starts = null;
  /** @type {Promise<void> | null} */ #coming = null;
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #playing = 0;
  #frame = { time: 0, epoch: 0 };

  connectedCallback() {
    super.connectedCallback();
    this.player ??= [...this.querySelectorAll("button")].find(({ textContent }) => textContent === "Play");
    this.#still.addEventListener("change", this.#name);
    this.#name();
  }

  disconnectedCallback() {
    this.#pause();
    this.#still.removeEventListener("change", this.#name);
    super.disconnectedCallback();
  }

  controls() {
    const { x, y } = this.map?.plane ?? { x: { low: 110, high: 170 }, y: { low: 58, high: 74 } };
    const rates = [...new Set([...RATES, String(this.book.rate)])].sort((a, b) => Number(a) - Number(b));
    return [
      { name: "epoch", kind: "number", label: "number of epochs", least: 0, most: EPOCHS, step: 1 },
      { name: "rate", kind: "choice", label: "learning rate", choices: rates.map((rate) => [rate, rate]) },
      { name: "seed", kind: "number", label: "seed", least: 0, most: SEEDS - 1, step: 1 },
      { name: "pounds", kind: "number", label: "weight in pounds", least: x.low, most: x.high, step: 0.1 },
      { name: "inches", kind: "number", label: "height in inches", least: y.low, most: y.high, step: 0.1 },
    ];
  }

  actions() {
    return [["Play", () => (this.#still.matches ? this.#stride() : this.#playing ? this.#pause() : this.#play())]];
  }

  read() {
    const [network, curve, map] = ["network", "loss-curve", "people-map"].map((kind) =>
      this.drawings.find((one) => one.classList.contains(`drawing-${kind}`)),
    );
    if (!network || !curve || !map) return this.book; // a cell has failed; its drawing comes back
    this.network = network;
    this.curve = curve;
    this.plane = new Plane(curve);
    if (this.map?.drawing !== map) {
      this.map = new AnswersMap(map, this.#originals);
      this.#draggable(this.map);
    }
    this.line = /** @type {SVGPathElement} */ (curve.querySelector(".curve"));
    const { start, rate, seed } = this.line.dataset;
    this.start = start.split(" ").map(Number);
    const { pounds, inches } = this.map.anyone;
    return { epoch: EPOCHS, rate, seed: Number(seed), pounds, inches };
  }

  /** @param {AnswersMap} map */
  #draggable({ plane, anyone }) {
    const place = () => plane.at(Number(this.values.pounds ?? anyone.pounds), Number(this.values.inches ?? anyone.inches));
    const tenth = (/** @type {number} */ number) => Math.round(10 * number) / 10;
    this.handle(/** @type {SVGGraphicsElement} */ (anyone.sign.parentElement), place, (dx, dy, from) => {
      const [x, y] = plane.at(Number(from.pounds), Number(from.inches));
      return { pounds: tenth(plane.x.number(x + dx)), inches: tenth(plane.y.number(y + dy)) };
    });
  }

  // ---- the run

  /** The run from a seed with a rate; the last one while the seed's numbers are on their way. @param {Values} values */
  run({ seed, rate }) {
    const key = `${seed} ${rate} ${this.start}`;
    if (this.#run?.key === key) return this.#run;
    const start = this.#from(Number(seed));
    if (!start && this.#run) return this.#run;
    const samples = this.map.people.filter(({ trained }) => trained).map(({ x, label }) => [...x, label]);
    const own = start ? key : "";
    this.#run = { key: own, ...training(start ?? this.start, samples, Number(rate), EPOCHS) };
    return this.#run;
  }

  /** The nine numbers that a seed starts from; nothing until they have come. @param {number} seed @returns {ArrayLike<number> | null} */
  #from(seed) {
    if (seed === this.book.seed) return this.start;
    if (this.#starts) return this.#starts.subarray(9 * seed, 9 * seed + 9);
    this.#coming ??= numbersIn("starts").then(
      (numbers) => {
        this.#starts = numbers;
        this.attributeChangedCallback();
      },
      () => {
        this.removeAttribute("seed");
        this.querySelector(`#${this.id}-seed`)?.closest(".figure-control").remove();
        this.say("The numbers that other seeds start from can’t be had, so the seed stays as it is.", true);
      },
    );
    return null;
  }

  /** @param {Values} values @returns {import("./formulas.js").Parameters} */
  parameters(values) {
    const { parameters } = this.run(values);
    const at = 9 * Math.round(Number(values.epoch));
    return Object.fromEntries(PARAMETERS.map((name, k) => [name, parameters[at + k]]));
  }

  // ---- playing

  #play() {
    const { epoch } = this.values;
    const from = Number(epoch) >= EPOCHS ? 0 : Number(epoch);
    this.#frame = { time: performance.now(), epoch: from };
    let last = from;
    const next = (/** @type {number} */ now) => {
      const there = Number(this.values.epoch);
      if (there !== last) this.#frame = { time: now, epoch: there }; // the reader has moved it meanwhile
      const epoch = Math.min(EPOCHS, Math.round(this.#frame.epoch + Math.max(0, now - this.#frame.time) * PACE));
      this.set({ epoch });
      last = epoch;
      this.#playing = epoch < EPOCHS ? requestAnimationFrame(next) : 0;
      if (!this.#playing) this.#name();
    };
    this.set({ epoch: from });
    this.#playing = requestAnimationFrame(next);
    this.#name();
  }

  #pause() {
    cancelAnimationFrame(this.#playing);
    this.#playing = 0;
    this.#name();
  }

  #stride() {
    const now = Number(this.values.epoch);
    this.set({ epoch: now >= EPOCHS ? 0 : Math.min(EPOCHS, now + STRIDE) });
  }

  #name = () => {
    if (this.#playing && this.#still.matches) this.#pause();
    else if (this.player) this.player.textContent = this.#still.matches ? `${STRIDE} epochs on` : this.#playing ? "Pause" : "Play";
  };

  reset() {
    this.#pause();
    super.reset();
  }

  // ---- drawing

  /** @param {Values} values */
  draw(values) {
    if (!this.hasAttribute("changed")) {
      this.#originals.restore();
      this.map.restore();
      for (const drawing of this.drawings) drawing.classList.remove("moved");
      return;
    }
    for (const drawing of this.drawings) drawing.classList.add("moved");
    const p = this.parameters(values);
    for (const name of PARAMETERS) this.#parameter(name, p[name]);
    this.#loss(this.run(values), Number(values.epoch));
    this.map.draw(p, Number(values.pounds), Number(values.inches));
  }

  /** @param {string} name @param {number} number */
  #parameter(name, number) {
    const part = this.network.querySelector(`[data-quantity="${name}"]`);
    this.#originals.write(part.querySelector(".value"), printed(number));
    if (name.startsWith("w")) this.#originals.set(part.querySelector("path"), "stroke-width", units(Math.min(6, 0.8 + 0.7 * Math.abs(number))));
  }

  /** @param {Run} run @param {number} epoch */
  #loss(run, epoch) {
    const { losses } = run;
    const high = this.#scaled(losses);
    const at = (/** @type {number} */ done) => this.plane.at(done, losses[done] / high);
    if (run !== this.drawn?.run) {
      const line = trace(Array.from(losses, (_, done) => at(done)));
      this.drawn = { run, line };
    }
    this.#originals.set(this.line, "d", this.drawn.line);
    const [first, last] = this.curve.querySelectorAll(".mark");
    this.#mark(first, at(0), losses[0], " before training");
    const done = at(epoch);
    this.#mark(last, done, losses[epoch], epoch === 0 ? " before training" : epoch === EPOCHS ? " at the end" : ` after ${printed(epoch, 4)} epochs`);
    const label = last.querySelector("text");
    const left = done[0] < 250;
    this.#originals.set(label, "text-anchor", left ? "start" : "end");
    this.#originals.set(label, "x", units(left ? done[0] + 10 : Math.min(done[0] + 4, 402)));
    this.#originals.set(label, "y", units(Math.max(52, epoch ? done[1] - 14 : done[1] + 1)));
    const meets = Math.hypot((done[0] - at(0)[0]) / 170, (Math.max(52, done[1] - 14) - at(0)[1]) / 20) < 1;
    this.#originals.set(first, "visibility", meets ? "hidden" : "visible");
  }

  /** A dot and its number. @param {Element} mark @param {[number, number]} at @param {number} loss @param {string} said */
  #mark(mark, [x, y], loss, said) {
    const [dot, text] = mark.children;
    this.#originals.set(dot, "cx", units(x));
    this.#originals.set(dot, "cy", units(y));
    const value = text.querySelector(".value");
    this.#originals.write(value, printed(loss));
    this.#originals.write(value.nextSibling, said);
    if (mark.previousElementSibling.matches(".curve")) this.#originals.set(text, "y", units(y + 1));
  }

  /** The axis reaches as high as the losses do: how many times the book's numbers. @param {Float64Array} losses */
  #scaled(losses) {
    const times = Math.ceil(losses.reduce((one, other) => Math.max(one, other)) / this.plane.y.high - 1e-9) || 1;
    const ticks = [...this.curve.querySelectorAll('.axes .tick[text-anchor="end"]')];
    this.ticks ??= new Map();
    for (const tick of ticks) {
      if (!this.ticks.has(tick)) this.ticks.set(tick, tick.textContent);
      const text = this.ticks.get(tick);
      const places = text.split(".")[1]?.length ?? 0;
      this.#originals.write(tick, (Number(text) * times).toFixed(places));
    }
    return times;
  }

  // ---- words

  /** @param {Values} values */
  tell(values) {
    const p = this.parameters(values);
    const answers = this.map.people.slice(4, 6).map((one) => `${one.name} ${printed(this.map.answer(p, one.pounds, one.inches))}`);
    const anyone = this.map.answer(p, Number(values.pounds), Number(values.inches));
    return (
      `After ${printed(Number(values.epoch), 4)} epochs the loss is ${printed(this.run(values).losses[Number(values.epoch)])}. The answers: ` +
      `${answers.join(", ")}, anyone at ${printed(Number(values.pounds), 4)} pounds and ${printed(Number(values.inches), 4)} inches ${printed(anyone)}.`
    );
  }

  /** @param {Values} values */
  table(values) {
    const start = this.parameters({ ...values, epoch: 0 });
    const now = this.parameters(values);
    const { losses } = this.run(values);
    const people = this.map.people.map((one) => (one === this.map.anyone ? { ...one, pounds: Number(values.pounds), inches: Number(values.inches) } : one));
    const rows = [
      ["loss", ...[0, Number(values.epoch)].map((done) => printed(losses[done]))],
      ...PARAMETERS.map((name) => [name, printed(start[name]), printed(now[name])]),
      ...people.map(({ name, pounds, inches }) => [
        `${name}, ${signed(printed(pounds, 4))} lb, ${printed(inches, 4)} in`,
        ...[start, now].map((p) => printed(this.map.answer(p, pounds, inches))),
      ]),
    ];
    const caption = `Seed ${values.seed}, learning rate ${values.rate}: loss, parameters and answers`;
    return { caption, head: ["quantity", "before training", `after ${printed(Number(values.epoch), 4)} epochs`], rows };
  }

  /** @param {Values} values */
  tasks(values) {
    const { losses } = this.run(values);
    const epoch = Number(values.epoch);
    const first = losses.findIndex((loss) => loss < 0.01);
    const answer = this.map.answer(this.parameters(values), Number(values.pounds), Number(values.inches));
    const book = this.book;
    return [
      {
        name: "below",
        done: first > 0 && epoch === first,
        say: `That is it: ${printed(losses[epoch], 4)} after ${printed(epoch, 4)} epochs is the first loss below 0.01.`,
      },
      {
        name: "hesitates",
        done: epoch === EPOCHS && Math.abs(answer - 0.5) < 0.05 && (values.pounds !== book.pounds || values.inches !== book.inches),
        say: `There it hesitates: its answer is ${printed(answer)}, nearly halfway between M and F.`,
      },
    ];
  }
}
