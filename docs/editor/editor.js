// Editing a cell: CodeMirror in the place of the cell's code, as like it as can be.
//
// Bundled by `make assets` into docs/runtime/editor.js, which is loaded at the first edit and not
// before. It needs no more of a content security policy than `script-src 'self'; style-src 'self'`:
// no style element, no style attribute in markup, no eval. What it looks like is in
// docs/styles/editor.css.

import {
  history, historyKeymap, indentLess, indentMore, isolateHistory, standardKeymap, toggleComment,
} from "@codemirror/commands";
import { bracketMatching, indentService, indentUnit } from "@codemirror/language";
import { Annotation, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { StyleModule } from "style-mod";
import { coloured, highlight } from "./highlight.js";

export { coloured };

// CodeMirror's own rules go into an adopted style sheet: a policy of 'self' refuses a style element.
const mounted = new Set();
StyleModule.mount = (root, modules) => {
  for (const module of [modules].flat()) {
    if (mounted.has(module)) continue;
    mounted.add(module);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(module.getRules());
    document.adoptedStyleSheets.push(sheet);
  }
};

const STEP = "    ";
const MAC = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const HOW = `To leave: Escape, then Tab. ${MAC ? "⌘" : "Ctrl"}+Enter runs the cell.`;
const LEAVING = "Tab now leaves the editor.";
const KNOWN = "editor-hint"; // remembered on the device: the hint is shown at the first edit only

const fromOutside = Annotation.define();
const setMark = StateEffect.define();

/** The colours, worked out anew at each change: a cell is short. */
const colours = StateField.define({
  create: (state) => colour(state),
  update: (value, change) => (change.docChanged ? colour(change.state) : value),
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {EditorState} state */
function colour(state) {
  return Decoration.set(
    highlight(state.doc.toString()).map(({ from, to, kind }) => Decoration.mark({ class: kind }).range(from, to)),
  );
}

/** The line that an error names; it is unmarked when it is changed. */
const marked = StateField.define({
  create: () => /** @type {number | null} */ (null),
  update(place, change) {
    for (const effect of change.effects) if (effect.is(setMark)) return effect.value;
    if (place === null || !change.docChanged) return place;
    const { from, to } = change.startState.doc.lineAt(place);
    return change.changes.touchesRange(from, to) ? null : change.changes.mapPos(place, 1);
  },
  provide: (field) =>
    EditorView.decorations.compute([field], (state) => {
      const place = state.field(field);
      if (place === null) return Decoration.none;
      const line = state.doc.lineAt(place);
      const attributes = { class: "cm-marked", "data-line": String(line.number) };
      return Decoration.set([Decoration.line({ attributes }).range(line.from)]);
    }),
});

/** A line after a colon goes in, a line after a last word (return, say) comes out. */
const indent = indentService.of((context, place) => {
  const before = context.lineAt(place, -1);
  const above = before.from < place ? before.text.slice(0, place - before.from) : "";
  const width = (above.match(/^ */) ?? [""])[0].length;
  const code = highlight(above).some(({ to, kind }) => kind === "c1" && to === above.length)
    ? above.replace(/\s*#[^#]*$/, "")
    : above.trimEnd();
  if (/[:([{]$/.test(code)) return width + STEP.length;
  if (/^\s*(return|pass|break|continue|raise)\b/.test(code)) return Math.max(0, width - STEP.length);
  return width;
});

/** Tab puts in spaces as far as the next step, or moves the chosen lines in. @type {import("@codemirror/view").Command} */
function tab(view) {
  const { from, to, empty } = view.state.selection.main;
  if (!empty) return indentMore(view);
  const column = from - view.state.doc.lineAt(from).from;
  const insert = STEP.slice(column % STEP.length);
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input" });
  return true;
}

let count = 0;

/**
 * Puts an editor in the place of the code in `host`, the block that the build made
 * (`<div class="highlight"><pre><code>`); what the block showed waits hidden.
 *
 * @param {HTMLElement} host
 * @param {object} options
 * @param {string} options.source the code to begin with
 * @param {string} options.label what the editor is called, for those who hear it
 * @param {(source: string) => void} [options.onChange] at each change by the reader's hand
 * @param {() => void} [options.onRun] Ctrl+Enter, Command+Enter
 * @param {() => void} [options.onRunNext] Shift+Enter
 * @param {() => void} [options.onLeave] the focus has left
 */
export function edit(host, { source, label, onChange, onRun, onRunNext, onLeave }) {
  const still = /** @type {HTMLElement} */ (host.querySelector("pre"));
  const code = /** @type {HTMLElement} */ (still.querySelector("code"));
  const scrolled = code.scrollLeft;
  const id = `editor-${++count}`;

  const hint = document.createElement("p");
  hint.className = "editor-hint";
  hint.id = `${id}-hint`;
  hint.textContent = HOW;
  hint.hidden = known(); // hidden, it still describes the editor

  const trouble = document.createElement("span");
  trouble.id = `${id}-trouble`;
  trouble.hidden = true;

  /** Escape lets go of Tab, until the next change or the next time the editor is entered. @param {boolean} free */
  const letGo = (free) => {
    view.setTabFocusMode(free);
    hint.textContent = free ? LEAVING : HOW;
    hint.hidden = !free && known();
  };

  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: source,
      extensions: [
        keymap.of([
          ...[["Mod-Enter", onRun], ["Ctrl-Enter", onRun], ["Shift-Enter", onRunNext]].map(([key, run]) => ({
            key: /** @type {string} */ (key),
            run: () => (/** @type {any} */ (run)?.(), true),
            stopPropagation: true, // the cell listens for the same keys
          })),
          { key: "Tab", run: tab, shift: indentLess },
          {
            key: "Escape",
            run: (view) => {
              letGo(true);
              view.dispatch({ effects: EditorView.announce.of(LEAVING) });
              return true;
            },
          },
          { key: "Mod-/", run: toggleComment },
          ...historyKeymap,
          ...standardKeymap,
        ]),
        history(),
        indentUnit.of(STEP),
        EditorState.tabSize.of(STEP.length),
        EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
        indent,
        bracketMatching(),
        colours,
        marked,
        EditorView.contentAttributes.of({
          tabindex: "0", // it is reached by Tab without; some look for the attribute
          "aria-label": label,
          "aria-describedby": `${hint.id} ${trouble.id}`,
          "data-gramm": "false", // or a grammar checker marks it
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const text = update.state.doc.toString();
          if (update.state.field(marked) === null) trouble.textContent = "";
          letGo(false);
          if (!update.transactions.some((change) => change.annotation(fromOutside))) onChange?.(text);
        }),
        EditorView.domEventHandlers({
          focus: () => letGo(false),
          blur: () => {
            hint.hidden = true;
            remember();
            onLeave?.();
          },
        }),
      ],
    }),
  });

  view.dom.before(hint, trouble);
  still.hidden = true;
  view.scrollDOM.scrollLeft = scrolled;
  const undoZoom = withoutZoom();

  return {
    get source() {
      return view.state.doc.toString();
    },

    /** Other code, as one step that can be undone. */
    set source(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: [fromOutside.of(true), isolateHistory.of("full")],
      });
    },

    focus() {
      view.focus();
    },

    /**
     * Marks the line that an error names; null unmarks it.
     * @param {number | null} line
     * @param {string} [message]
     */
    mark(line, message = "") {
      const there = line !== null && line >= 1 && line <= view.state.doc.lines;
      trouble.textContent = there ? `Line ${line}: ${message}` : "";
      view.dispatch({ effects: setMark.of(there ? view.state.doc.line(line).from : null) });
    },

    /** The code stands in the page again, as it is now. */
    destroy() {
      code.replaceChildren(coloured(view.state.doc.toString() + "\n"));
      still.hidden = false;
      code.scrollLeft = view.scrollDOM.scrollLeft;
      hint.remove();
      trouble.remove();
      view.destroy();
      undoZoom();
    },
  };
}

function known() {
  try {
    return localStorage.getItem(KNOWN) !== null;
  } catch {
    return false; // a browser that keeps nothing tells it again
  }
}

function remember() {
  try {
    localStorage.setItem(KNOWN, "1");
  } catch {
    // as above
  }
}

/** iOS enlarges the page when small text gets the focus. There this line stops only that, not a reader's fingers. */
function withoutZoom() {
  const viewport = document.querySelector("meta[name=viewport]");
  const content = viewport?.getAttribute("content") ?? "";
  if (!("standalone" in navigator) || !viewport || content.includes("maximum-scale")) return () => {};
  viewport.setAttribute("content", `${content},maximum-scale=1`);
  return () => viewport.setAttribute("content", content);
}
