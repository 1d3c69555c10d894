// The elements of the book's pages, each with its name.

import { LiveCell } from "./live-cell.js";

customElements.define("live-cell", LiveCell);
