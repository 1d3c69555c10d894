"""Calls the figures' own JavaScript with what Python gives, without a browser."""

import json
import subprocess
import sys
from pathlib import Path

from tests.site.book import ROOT

FIGURES = ROOT / "docs" / "elements" / "figures"
NODE = Path(sys.executable).with_name("node")


def called(module: str, script: str, given: object) -> object:
    """What a script returns that sees the module's exports as `it` and what is given as `given`.

    Numbers keep all their digits: both sides write and read the shortest form that means the same.
    """
    program = f"""
        import * as it from {json.dumps((FIGURES / module).as_uri())};
        import {{ readFileSync }} from "node:fs";
        const given = JSON.parse(readFileSync(0, "utf-8"));
        const answer = ((it, given) => {{ {script} }})(it, given);
        process.stdout.write(JSON.stringify(answer));
    """
    node = [NODE, "--input-type=module", "--eval", program]
    done = subprocess.run(node, input=json.dumps(given), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
