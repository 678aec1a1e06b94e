"""Builds the front end into the wheel; an editable install leaves that to the Makefile."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Runs `npm ci && npm run build` and puts `web/dist` into the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        web = Path(self.root) / "web"
        if not (web / "dist" / "index.html").exists():
            npm = shutil.which("npm")
            if npm is None:
                raise RuntimeError("npm not found: install Node.js 20.19 or newer, or build web/dist first")
            subprocess.run([npm, "ci"], cwd=web, check=True)
            subprocess.run([npm, "run", "build"], cwd=web, check=True)
        build_data["force_include"][str(web / "dist")] = "jinpai/_web"
