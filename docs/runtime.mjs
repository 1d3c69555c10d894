// What of docs/runtime only Node can make: the memory of a Python that has started, NumPy without what
// no reader needs, and the editor. docs/runtime.py calls it and does the rest.
//
//     node docs/runtime.mjs python <folder with numpy.zip and python_stdlib.zip>
//     node docs/runtime.mjs book <folder with book.zip>
//     node docs/runtime.mjs editor <folder>

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What cells, NumPy and provenum import from the standard library. Its import is paid here, not by the reader. */
const STARTED = `
import __future__, abc, ast, bisect, builtins, codeop, collections.abc, contextlib, contextvars, copy, ctypes
import dataclasses, datetime, decimal, difflib, encodings.cp437, enum, fractions, functools, hashlib, hmac, html
import inspect, io, itertools, json, linecache, math, numbers, operator, os, pathlib, pickle, platform, queue
import random, re, secrets, shutil, statistics, string, struct, sys, tempfile, textwrap, threading, time
import traceback, types, typing, urllib.parse, warnings, weakref, zipfile, zipimport
`;

/** The files of the standard library that are in memory now, and so need not be in the archive. */
const IN_MEMORY = `
import re, sys
archive = "/lib/python312.zip/"
files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
"|".join(re.escape(file.removeprefix(archive)) for file in files if file.startswith(archive))
`;

/**
 * What was freed is still there, and would be shipped: memory is taken and given back until it is zeros.
 * And the archive's table of contents is forgotten, for the archive is about to change.
 */
const CLEAR = `
def clear():
    import gc, linecache, sys, zipimport
    linecache.clearcache()
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()
    gc.collect()
    taken = [[bytes(size) for _ in range((1 << 18) // size)]
             for size in (1 << 16, 1 << 14, 1 << 12, 1 << 11, 1 << 10, *range(480, 0, -16))]
    del taken
    gc.collect()
clear()
del clear
`;

/** An archive anew: in order, without what is unwanted, Python compiled. */
const REPACK = `
import importlib._bootstrap_external as files, importlib.util, re, zipfile

def repack(path, place, unwanted):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in sorted(archive.namelist())}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in members.items():
            if re.search(unwanted, name) or name.endswith("/"):
                continue
            if place and name.endswith(".py"):
                code = compile(data, f"{place}/{name}", "exec", dont_inherit=True)
                compiled = files._code_to_hash_pyc(code, importlib.util.source_hash(data), False)
                data, name = compiled, name + "c"
            packed.writestr(zipfile.ZipInfo(name), data)
`;

/** What of the standard library is for other machines and other processes, which a browser's Python has not. */
const FOR_OTHERS = "(ftplib|imaplib|multiprocessing|nntplib|poplib|smtplib|socketserver|telnetlib|wsgiref|xmlrpc)(/.*|\\.py)";

/** What of NumPy no reader needs: its tests, its headers, what compiles Fortran. */
const UNWANTED = [
  "/tests?/",
  "numpy/(f2py|distutils|_pyinstaller)/",
  "_(simd|umath_tests|rational_tests|operand_flag_tests|struct_ufunc_tests)\\.",
  "\\.(h|a|pc|ini|pyi|pxd|pyx|c|f|f90|build|tmpl|md|lib|typed)$",
  "/(RECORD|WHEEL|entry_points.txt)$",
].join("|");

const [what, folder] = process.argv.slice(2);

async function repack(name, ...how) {
  const { loadPyodide } = await import("pyodide");
  const python = await loadPyodide();
  python.FS.writeFile("/archive.zip", readFileSync(join(folder, name)));
  python.runPython(REPACK);
  python.globals.get("repack")("/archive.zip", ...how);
  writeFileSync(join(folder, name), python.FS.readFile("/archive.zip"));
}

if (what === "python") {
  await repack("numpy.zip", "/lib/python3.12/site-packages", UNWANTED);

  // The same memory from the same files: no chance and no clock while it is made.
  crypto.getRandomValues = (array) => array.fill(0);
  Date.now = () => 0;
  performance.now = () => 0;
  const { loadPyodide } = await import("pyodide");
  const python = await loadPyodide({ _makeSnapshot: true, jsglobals: Object.create(null) });
  python.runPython(STARTED);
  const known = python.runPython(IN_MEMORY);
  python.runPython(`del archive, files\n${CLEAR}`);
  writeFileSync(join(folder, "memory"), python.makeMemorySnapshot());
  await repack("python_stdlib.zip", "", `^(${known}|${FOR_OTHERS})$`);
} else if (what === "book") {
  await repack("book.zip", "/book.zip", "$^");
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
