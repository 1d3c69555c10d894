// The line under a cell's code: what can be done with the cell, and how it stands.
//
//   [▸ Run]  Edit  Reset  More                              ✓ Same as the book

import { element } from "./make.js";

/** @typedef {"run" | "edit" | "reset" | "runAll" | "resetAll" | "share"} Action */

const MEGABYTE = 1e6;
const LABELS = { edit: "Edit", reset: "Reset", runAll: "Run all cells", resetAll: "Reset all cells", share: "Share…" };

export class Toolbar {
  /** @type {Record<string, HTMLButtonElement>} */ #buttons = {};
  #cell;
  #menu;
  #status = element("span", { class: "cell-status" });

  /**
   * @param {string} cell its name, "cell 3" say
   * @param {(action: Action) => void} act
   * @param {boolean} editable
   */
  constructor(cell, act, editable) {
    this.#cell = cell;
    const run = (this.#buttons.run = element("button", { type: "button", class: "cell-run" }));
    // The second click of a double click must not stop what the first began.
    run.addEventListener("click", ({ detail }) => detail < 2 && act("run"));
    for (const [action, label] of Object.entries(LABELS)) {
      const button = (this.#buttons[action] = element("button", { type: "button" }, label));
      button.addEventListener("click", () => act(/** @type {Action} */ (action)));
    }
    const { edit, reset, runAll, resetAll, share } = this.#buttons;
    edit.hidden = !editable;
    this.#menu = element("div", { class: "cell-menu", popover: "auto" }, runAll, resetAll, share);
    this.#menu.addEventListener("click", () => this.#menu.hidePopover());
    const more = element("button", { type: "button", class: "cell-more", "aria-label": `More for ${cell}` }, "More");
    more.popoverTargetElement = this.#menu;
    this.#menu.addEventListener("beforetoggle", () => {
      const { left, bottom } = more.getBoundingClientRect();
      this.#menu.style.left = `${left + scrollX}px`;
      this.#menu.style.top = `${bottom + scrollY}px`;
    });
    const label = `${cell[0].toUpperCase()}${cell.slice(1)}`;
    this.element = element("div", { class: "cell-bar", role: "group", "aria-label": label });
    this.element.append(run, edit, reset, more, this.#menu, this.#status);
    this.show({ state: "", edited: false, editing: false, saying: "" });
  }

  /**
   * @param {object} cell
   * @param {string} cell.state
   * @param {boolean} cell.edited
   * @param {boolean} cell.editing whether its editor is open
   * @param {string} cell.saying how it stands, in a few words
   */
  show({ state, edited, editing, saying }) {
    const { run, edit, reset } = this.#buttons;
    const stops = ["waiting", "loading", "running"].includes(state);
    run.classList.toggle("cell-stop", stops);
    name(run, stops ? "Stop" : "Run", this.#cell);
    name(edit, editing ? "Done" : "Edit", editing ? `editing ${this.#cell}` : this.#cell);
    name(reset, "Reset", this.#cell);
    if (!edited && reset === document.activeElement) run.focus(); // or the focus goes with the button
    reset.hidden = !edited;
    this.say(saying);
  }

  /** @param {string} words how the cell stands */
  say(words) {
    if (this.#status.textContent !== words) this.#status.replaceChildren(words);
  }

  /** Instead of words, the way to the numbers that a run has changed. @param {Element[]} numbers */
  point([first, ...others]) {
    if (!first) return;
    const words = others.length ? `${others.length + 1} numbers changed` : "1 number changed";
    this.#status.replaceChildren(element("a", { href: `#${first.id}` }, words));
  }

  /** How far Python is. @param {{what: string, done: number, total: number}} progress */
  load({ what, done, total }) {
    const bar = this.#status.querySelector("progress") ?? element("progress", { "aria-label": "Loading Python" });
    if (!bar.isConnected) this.#status.replaceChildren(bar, element("span"));
    bar.max = total;
    bar.value = done;
    const left = total - done;
    bar.nextElementSibling.textContent = left ? `${what}: ${(left / MEGABYTE).toFixed(1)} MB left` : "Starting Python…";
  }

  focus() {
    this.#buttons.run.focus();
  }
}

/** What a button says, and to those who do not see where it stands also for what. */
function name(button, words, of) {
  if (button.textContent !== words) button.textContent = words;
  button.setAttribute("aria-label", `${words} ${of}`);
}
