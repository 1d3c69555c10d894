// What of docs/runtime only Node can make: the memory of a Python that has started, NumPy without what
// no reader needs, and the editor. docs/runtime.py calls it and does the rest.
//
//     node docs/runtime.mjs python <folder with numpy.whl and python_stdlib.zip>
//     node docs/runtime.mjs editor <folder>

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What cells and NumPy import from the standard library. Its import is paid here, not by the reader. */
const STARTED = `
import __future__, abc, ast, bisect, builtins, codeop, collections.abc, contextlib, contextvars
import copy, ctypes, dataclasses, datetime, decimal, enum, fractions, functools, hashlib, hmac, html, inspect
import io, itertools, json, linecache, math, numbers, operator, os, pathlib, pickle, platform, queue, random
import re, secrets, shutil, statistics, string, struct, sys, tempfile, textwrap, threading, time, traceback
import types, typing, urllib.parse, warnings, weakref, zipfile, zipimport
`;

/** What was freed is still there, and would be shipped: memory is taken and given back until it is zeros. */
const CLEAR = `
def clear():
    import gc, linecache, sys
    linecache.clearcache()
    sys.path_importer_cache.clear()
    gc.collect()
    taken = [[bytes(size) for _ in range((1 << 18) // size)] for size in (1 << 16, 1 << 14, 1 << 12, 1 << 11, 1 << 10, *range(480, 0, -16))]
    del taken
    gc.collect()
clear()
del clear
`;

/** NumPy without its tests, its headers, and what compiles Fortran; byte code in place of the source. */
const REPACK = `
import importlib._bootstrap_external as files, importlib.util, re, zipfile
unwanted = re.compile(r"/tests?/|numpy/(f2py|distutils|_pyinstaller)/|/(_core/)?(include|lib)/.*\\.(h|a|pc|ini)$"
                      r"|_(simd|multiarray_tests|umath_tests|rational_tests|operand_flag_tests|struct_ufunc_tests)\\."
                      r"|\\.(pyi|pxd|pyx|c|f|f90|build|tmpl|md|lib|typed)$|/(RECORD|WHEEL|entry_points.txt)$")
with zipfile.ZipFile("/numpy.whl") as wheel, zipfile.ZipFile("/numpy.zip", "w") as packed:
    for name in sorted(wheel.namelist()):
        if unwanted.search(name) or name.endswith("/"):
            continue
        data = wheel.read(name)
        if name.endswith(".py"):
            code = compile(data, f"/lib/python3.12/site-packages/{name}", "exec", dont_inherit=True)
            data, name = files._code_to_hash_pyc(code, importlib.util.source_hash(data), False), name + "c"
        packed.writestr(zipfile.ZipInfo(name), data)
`;

const [what, folder] = process.argv.slice(2);

if (what === "python") {
  const { loadPyodide } = await import("pyodide");

  const packer = await loadPyodide();
  packer.FS.writeFile("/numpy.whl", readFileSync(join(folder, "numpy.whl")));
  packer.runPython(REPACK);
  writeFileSync(join(folder, "numpy.zip"), packer.FS.readFile("/numpy.zip"));

  // The same memory from the same files: no chance and no clock while it is made.
  crypto.getRandomValues = (array) => array.fill(0);
  Date.now = () => 0;
  performance.now = () => 0;
  const python = await loadPyodide({
    _makeSnapshot: true,
    jsglobals: Object.create(null),
    stdLibURL: join(folder, "python_stdlib.zip"), // the very file that browsers get: its table of contents is in memory
  });
  python.runPython(STARTED);
  python.runPython(CLEAR);
  writeFileSync(join(folder, "memory"), python.makeMemorySnapshot());
} else {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(import.meta.dirname, "editor", "editor.js")],
    outfile: join(folder, "editor.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022"],
    legalComments: "none", // every licence is in LICENSES.txt
    logLevel: "warning",
  });
}
