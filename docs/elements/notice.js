// A question to the reader, put into the cell that it is about. Nothing happens until it is answered.

let count = 0;

/**
 * @param {HTMLElement} cell where the notice goes
 * @param {object} notice
 * @param {string} notice.text what there is to decide, in a sentence or two
 * @param {(Node | string)[]} [notice.body] what to look at first
 * @param {Record<string, string>} notice.choices the answers, and what their buttons say
 * @param {string} [notice.escape] the answer that the Escape key gives: one that loses nothing
 * @param {boolean} [notice.focus] whether the reader is taken there
 * @param {AbortSignal} [notice.signal] takes the question back
 * @returns {Promise<string | null>} the answer; null when the question was taken back
 */
export function ask(cell, { text, body = [], choices, escape, focus = false, signal }) {
  const before = document.activeElement;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.tabIndex = -1;
  notice.setAttribute("role", "group");

  const title = document.createElement("p");
  title.className = "notice-text";
  title.id = `notice-${++count}`;
  notice.setAttribute("aria-labelledby", title.id);

  const buttons = document.createElement("p");
  buttons.className = "notice-choices";
  notice.append(title, ...body, buttons);

  return new Promise((resolve) => {
    /** @param {string | null} answer */
    const close = (answer) => {
      const inside = notice.contains(document.activeElement);
      notice.remove();
      signal?.removeEventListener("abort", takeBack);
      if (inside) home(cell, before);
      resolve(answer);
    };
    const takeBack = () => close(null);

    for (const [answer, says] of Object.entries(choices)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = says;
      button.addEventListener("click", () => close(answer));
      buttons.append(button);
    }
    notice.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !escape) return;
      event.stopPropagation();
      close(escape);
    });
    if (signal?.aborted) return resolve(null);
    signal?.addEventListener("abort", takeBack);
    cell.prepend(notice);
    if (!focus) { // a screen reader says what is put into a status that is there already
      title.setAttribute("role", "status");
      requestAnimationFrame(() => (title.textContent = text));
      return;
    }
    title.textContent = text;
    notice.focus({ preventScroll: true });
    notice.scrollIntoView({ block: "nearest" });
  });
}

/** Where the focus goes when a notice is gone: back where it was, else to the cell. @param {HTMLElement} cell @param {Element | null} before */
function home(cell, before) {
  if (before instanceof HTMLElement && before !== document.body && before.isConnected && before.offsetParent) {
    return before.focus();
  }
  if (!cell.hasAttribute("tabindex")) cell.tabIndex = -1;
  cell.focus({ preventScroll: true });
}

/**
 * A button that copies text. Where the browser does not allow that, the text is there to be copied by hand.
 * @param {HTMLInputElement | HTMLTextAreaElement} field where the text stands, or will if need be
 * @param {string} says
 * @param {() => string} text
 */
export function copier(field, says, text) {
  field.readOnly = true;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = says;
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    field.value = text();
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "Copied.";
    } catch {
      field.hidden = false;
      field.focus();
      field.select();
      told.textContent = "Your browser leaves the copying to you: it is selected.";
    }
  });
  const row = document.createElement("p");
  row.className = "copier";
  row.append(field, button, told);
  return row;
}
