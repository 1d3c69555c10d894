// The colours of Python code, as the build gives them: Pygments' rules for Python and its class
// names, so that code looks the same whether the book set it, you typed it or somebody sent it.
// A test compares the two over all the code of the book and of the library.

/** @typedef {[RegExp, string | (string | null)[] | null, (Rule[] | "pop")?]} Rule a pattern, the class of what
 *   it matches (or one for each group), and the rules that hold from there */

const POP = "pop";
const NAME = "[\\p{ID_Start}_]\\p{ID_Continue}*";
const END = "(?!\\p{ID_Continue})";

/** A pattern that must match where it is tried. @param {string} source */
const at = (source) => new RegExp(source, "myu");

/** @param {string} names @param {string} [before] */
const words = (names, before = "") =>
  at(`${before}(?:${names.trim().split(/\s+/).join("|").replaceAll("~", " ")})${END}`);

const MAGIC_FUNCTIONS = words(`
  __(?:abs|add|aenter|aexit|aiter|and|anext|await|bool|bytes|call|complex|contains|del|delattr|delete|delitem|dir
  |divmod|enter|eq|exit|float|floordiv|format|ge|get|getattr|getattribute|getitem|gt|hash|iadd|iand|ifloordiv
  |ilshift|imatmul|imod|imul|index|init|instancecheck|int|invert|ior|ipow|irshift|isub|iter|itruediv|ixor|le|len
  |length_hint|lshift|lt|matmul|missing|mod|mul|ne|neg|new|next|or|pos|pow|prepare|radd|rand|rdivmod|repr|reversed
  |rfloordiv|rlshift|rmatmul|rmod|rmul|ror|round|rpow|rrshift|rshift|rsub|rtruediv|rxor|set|setattr|setitem|str
  |sub|subclasscheck|truediv|xor)__`.replace(/\s+/g, ""));
const MAGIC_VARIABLES = words(`
  __(?:annotations|bases|class|closure|code|defaults|dict|doc|file|func|globals|kwdefaults|module|mro|name
  |objclass|qualname|self|slots|weakref)__`.replace(/\s+/g, ""));
const BUILTINS = words(`
  __import__ abs aiter all any bin bool bytearray breakpoint bytes callable chr classmethod compile complex delattr
  dict dir divmod enumerate eval filter float format frozendict frozenset getattr globals hasattr hash hex id input
  int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property
  range repr reversed round sentinel set setattr slice sorted staticmethod str sum super tuple type vars zip`,
  "(?<!\\.)");
const EXCEPTIONS = words(`
  Exception BaseException GeneratorExit KeyboardInterrupt StopIteration StopAsyncIteration SystemExit Warning
  (?:Arithmetic|Assertion|Attribute|Buffer|EOF|Environment|FloatingPoint|IO|Import|Indentation|Index|Key|Lookup
  |Memory|Name|NotImplemented|OS|Overflow|Reference|Runtime|Syntax|System|Tab|Type|UnboundLocal|UnicodeDecode
  |UnicodeEncode|Unicode|UnicodeTranslate|Value|VMS|Windows|ZeroDivision|BlockingIO|ChildProcess|Connection
  |BrokenPipe|ConnectionAborted|ConnectionRefused|ConnectionReset|FileExists|FileNotFound|Interrupted|IsADirectory
  |NotADirectory|Permission|ProcessLookup|Timeout|ModuleNotFound|Recursion)Error
  (?:Bytes|Deprecation|Future|Import|PendingDeprecation|Resource|Runtime|Syntax|Unicode|User|Encoding)Warning`
  .replace(/\s+\|/g, "|"), "(?<!\\.)");
const KEYWORDS = words(`
  assert async await break continue del elif else except finally for global if lambda pass raise nonlocal return
  try while yield~from yield as with`);
const RESERVED =
  "and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is" +
  "|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield";

const CONSTANTS = /** @type {Rule} */ ([words("True False None"), "kc"]);
const FIELD =
  "\\{(?:[\\p{L}\\p{N}_]+(?:\\.[\\p{L}\\p{N}_]+|\\[[^\\]]+\\])*)?(?:![sra])?" +
  "(?::(?:.?[<>=\\^])?[-+ ]?#?0?(?:\\d+)?,?(?:\\.\\d+)?[E-GXb-gnosx%]?)?\\}";
const PERCENT =
  "%(?:\\([\\p{L}\\p{N}_]+\\))?[-#0 +]*(?:\\d+|[*])?(?:\\.(?:\\d+|[*]))?[hlL]?[E-GXc-giorsaux%]";

/** @type {Rule[]} */
const BRACES = [[at("\\{\\{|\\}\\}"), "se"]];
/** @type {Rule[]} */
const BYTE_ESCAPES = [[at("\\\\(?:[\\\\abfnrtv\"']|\\n|x[a-fA-F0-9]{2}|[0-7]{1,3})"), "se"]];
/** @type {Rule[]} */
const ESCAPES = [[at("\\\\(?:N\\{.*?\\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8})"), "se"], ...BYTE_ESCAPES];

/** @type {Rule[]} */
const EXPRESSION = [];
/** @type {Rule[]} */
const NESTED = [];
NESTED.push([at("[{(\\[]"), "p", NESTED], [at("[\\])}]"), "p", POP], [at("\\s+"), null]);
/** @type {Rule[]} */
const REPLACED = [
  [at("[{(\\[]"), "p", NESTED],
  [at("(?:=\\s*)?(?:![sraf])?[}:]"), "si", POP],
  [at("\\s+"), null],
];

/** The rules inside a string that `quote` ends. @param {string} quote @param {boolean} formatted */
function inside(quote, formatted) {
  const kind = quote[0] === '"' ? "s2" : "s1";
  /** @type {Rule[]} */
  const rules = [[at(quote), kind, POP]];
  if (quote.length === 1) rules.push([at(`\\\\\\\\|\\\\${quote}|\\\\\\n`), "se"]);
  if (formatted) {
    rules.push([at("\\}"), "si"], [at("\\{"), "si", REPLACED], [at("[^\\\\'\"{}\\n]+"), kind], [at("['\"\\\\]"), kind]);
  } else {
    rules.push([at(PERCENT), "si"], [at(FIELD), "si"]);
    rules.push([at("[^\\\\'\"%{\\n]+"), kind], [at("['\"\\\\]"), kind], [at("%|\\{{1,2}"), kind]);
  }
  if (quote.length === 3) rules.push([at("\\n"), kind]);
  return rules;
}

for (const [prefix, formatted, escapes] of /** @type {[string, boolean, Rule[]][]} */ ([
  ["[rR][fFtT]|[fFtT][rR]", true, BRACES],
  ["[fFtT]", true, [...BRACES, ...ESCAPES]],
  ["[rR][bB]|[bB][rR]|[rR]", false, []],
  ["[uU]?", false, ESCAPES],
  ["[bB]", false, BYTE_ESCAPES],
])) {
  for (const quote of ['"""', "'''", '"', "'"]) {
    const kind = quote[0] === '"' ? "s2" : "s1";
    EXPRESSION.push([at(`(${prefix})(${quote})`), ["sa", kind], [...escapes, ...inside(quote, formatted)]]);
  }
}

EXPRESSION.push(
  [at("[^\\S\\n]+"), null],
  [at("(?:\\d(?:_?\\d)*\\.(?:\\d(?:_?\\d)*)?|(?:\\d(?:_?\\d)*)?\\.\\d(?:_?\\d)*)(?:[eE][+\\-]?\\d(?:_?\\d)*)?"), "mf"],
  [at("\\d(?:_?\\d)*[eE][+\\-]?\\d(?:_?\\d)*j?"), "mf"],
  [at("0[oO](?:_?[0-7])+"), "mo"],
  [at("0[bB](?:_?[01])+"), "mb"],
  [at("0[xX](?:_?[a-fA-F0-9])+"), "mh"],
  [at("\\d(?:_?\\d)*"), "mi"],
  [at("!=|==|<<|>>|:=|[\\-~+/*%=<>&^|.]"), "o"],
  [at("[\\]{}:(),;\\[]"), "p"],
  [words("in is and or not"), "ow"],
  [words("async~for await else for if lambda yield~from yield"), "k"],
  CONSTANTS,
  [BUILTINS, "nb"],
  [words("self Ellipsis NotImplemented cls", "(?<!\\.)"), "bp"],
  [EXCEPTIONS, "ne"],
  [MAGIC_FUNCTIONS, "fm"],
  [MAGIC_VARIABLES, "vm"],
  [at("@" + NAME), "nd"],
  [at("@"), "o"],
  [at(NAME), "n"],
);
NESTED.push(...EXPRESSION);
REPLACED.push(...EXPRESSION);

const GAP = "((?:\\s|\\\\\\s)+)";
/** @type {Rule[]} */
const IMPORTED = [
  [at("(\\s+)(as)(\\s+)"), [null, "k", null]],
  [at("\\."), "nn"],
  [at(NAME), "nn"],
  [at("(\\s*)(,)(\\s*)"), [null, "o", null]],
  [at(""), null, POP],
];
/** @type {Rule[]} */
const FROM = [
  [at(`(\\s+)(import)${END}`), [null, "kn"], POP],
  [at("\\."), "nn"],
  [at(`None${END}`), "kc", POP],
  [at(NAME), "nn"],
  [at(""), null, POP],
];

/** @type {Rule[]} */
const START = [
  [at("\\n"), null],
  [at('^(\\s*)([rRuUbB]{0,2})("""[^]*?""")'), [null, "sa", "sd"]],
  [at("^(\\s*)([rRuUbB]{0,2})('''[^]*?''')"), [null, "sa", "sd"]],
  [at("#.*$"), "c1"],
  [at("\\\\\\n?"), null],
  [KEYWORDS, "k"],
  CONSTANTS,
  [
    at(`(^[ \\t]*)(match|case)${END}(?![ \\t]*(?:[:,;=^&|@~)\\]}]|(?:${RESERVED})${END}))`),
    [null, "k"],
    [[at(`(\\s+)([^\\n_]*)(_${END})`), [null, "?", "k"]], [at(""), null, POP]],
  ],
  [at(`(def)${GAP}`), ["k", null], [[MAGIC_FUNCTIONS, "fm"], [at(NAME), "nf", POP], [at(""), null, POP]]],
  [at(`(class)${GAP}`), ["k", null], [[at(NAME), "nc", POP]]],
  [at(`(from)${GAP}`), ["kn", null], FROM],
  [at(`(import)${GAP}`), ["kn", null], IMPORTED],
  ...EXPRESSION,
];

/**
 * The pieces of Python code that have a class of their own, in order.
 * @param {string} source
 * @returns {{from: number, to: number, kind: string}[]}
 */
export function highlight(source) {
  /** @type {{from: number, to: number, kind: string}[]} */
  const pieces = [];
  const states = [START];
  for (let place = 0; place < source.length; ) {
    const found = matched(states[states.length - 1], source, place);
    if (!found) { // what no rule knows has no colour; a line's end ends what was not closed
      if (source[place] === "\n") states.length = 1;
      place += 1;
      continue;
    }
    const [match, kinds, next] = found;
    if (typeof kinds === "string") pieces.push({ from: place, to: place + match[0].length, kind: kinds });
    let from = place;
    for (const [index, kind] of Array.isArray(kinds) ? kinds.entries() : []) {
      const to = from + match[index + 1].length;
      if (kind === "?") {
        for (const piece of highlight(source.slice(from, to))) {
          pieces.push({ from: from + piece.from, to: from + piece.to, kind: piece.kind });
        }
      } else if (kind && to > from) pieces.push({ from, to, kind });
      from = to;
    }
    place += match[0].length;
    if (next === POP) states.pop();
    else if (next) states.push(next);
  }
  return pieces;
}

/** The first rule that matches at a place. @param {Rule[]} rules @param {string} source @param {number} place */
function matched(rules, source, place) {
  for (const [pattern, kinds, next] of rules) {
    pattern.lastIndex = place;
    const match = pattern.exec(source);
    if (match) return /** @type {const} */ ([match, kinds, next]);
  }
  return null;
}

/**
 * Code as the book sets it, as nodes.
 * @param {string} source
 * @returns {DocumentFragment}
 */
export function coloured(source) {
  const code = document.createDocumentFragment();
  let end = 0;
  for (const { from, to, kind } of highlight(source)) {
    if (from > end) code.append(source.slice(end, from));
    const piece = document.createElement("span");
    piece.className = kind;
    piece.textContent = source.slice(from, to);
    code.append(piece);
    end = to;
  }
  code.append(source.slice(end));
  return code;
}
