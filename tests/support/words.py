"""The words of the pages as the pages have them; Python tests hold content against them."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SCRIPT = """
const { readFileSync } = require('fs'), { transpile } = require('typescript')
const options = { module: 'CommonJS' }
require.extensions['.ts'] = (module, file) => module._compile(transpile(readFileSync(file, 'utf8'), options), file)
console.log(JSON.stringify(require('./src/words/' + process.argv[1]).default))
"""


@cache
def read_words(language: str) -> dict[str, Any]:
    """Every word of this language: names to texts or to more of the same."""
    node = shutil.which("node", path=os.pathsep.join((str(ROOT / ".tools" / "bin"), os.environ["PATH"])))
    assert node, "no Node.js: `make install` brings it"
    command = [node, "--eval", SCRIPT, language]
    told = subprocess.run(command, cwd=ROOT / "web", check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def find(words: dict[str, Any], path: str) -> str | None:
    """The text at `choice.scene.welcome.returning`; None where there is none."""
    found: Any = words
    for step in path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None
