"""A browser in which Playwright is no debugger of service workers, as readers have none.

Chromium treats a service worker with a debugger otherwise. When a newer one waits, it ends the old one while
that still answers a page, and the page never comes; and if the page wakes the old one once more, it is never
ended for having nothing to do, and the newer one waits for good. Without a debugger it takes over when the
old one has rested for half a minute at the latest. Of 48 updates under load 6 hung with a debugger; of 56
without one none did, and 5 took the half minute.

Playwright has no option for it, but what it asks for can be changed on the way: this stands between the two,
and says of each wish to be attached to whatever comes that service workers are excepted
(https://chromedevtools.github.io/devtools-protocol/tot/Target/#method-setAutoAttach).
"""

import contextlib
import json
import os
import shlex
import sys
from io import BufferedWriter, RawIOBase
from pathlib import Path

FROM_PLAYWRIGHT, TO_PLAYWRIGHT = 3, 4
"""The file descriptors at which a browser started with --remote-debugging-pipe reads and writes."""
ATTACH = "Target.setAutoAttach"
ALL_BUT = [{"type": name, "exclude": True} for name in ("service_worker", "browser", "tab")] + [{}]
"""Browsers and tabs are left out by the protocol's own filter as well."""


def launcher(browser: str, folder: Path) -> Path:
    """A program that Playwright can start in place of the browser. It is needed until the browser runs."""
    program = folder / "browser"
    command = shlex.join([sys.executable, __file__, browser])
    program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
    program.chmod(0o755)
    return program


def become(browser: str, arguments: list[str]) -> None:
    """Turn into the browser, and leave a process behind that passes on what Playwright says to it."""
    said = os.dup(FROM_PLAYWRIGHT)
    heard, passed_on = os.pipe()
    if os.fork():
        os.dup2(heard, FROM_PLAYWRIGHT)
        for end in (said, heard, passed_on):
            os.close(end)
        os.execv(browser, [browser, *arguments])
    for end in (FROM_PLAYWRIGHT, TO_PLAYWRIGHT, heard):
        os.close(end)
    with (
        contextlib.suppress(BrokenPipeError),  # the browser is gone
        open(said, "rb", buffering=0) as source,
        open(passed_on, "wb") as target,
    ):
        pass_on(source, target)


def pass_on(source: RawIOBase, target: BufferedWriter) -> None:
    """Messages end in a zero byte. Each is passed on as soon as it is whole."""
    rest = b""
    while data := source.read(2**16):
        *messages, rest = (rest + data).split(b"\0")
        for message in messages:
            target.write(undebugged(message) + b"\0")
        target.flush()


def undebugged(message: bytes) -> bytes:
    """The message, and if it asks to be attached to what comes, then not to service workers."""
    if ATTACH.encode() in message and (asked := json.loads(message))["method"] == ATTACH:
        asked["params"]["filter"] = ALL_BUT
        return json.dumps(asked).encode()
    return message


if __name__ == "__main__":
    become(sys.argv[1], sys.argv[2:])
