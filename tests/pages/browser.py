"""A real browser, started once, without a window: what it shows of a page, and what it prints of it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Literal

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The browser of this system; None: there is none."""
MINUTE = 60


class Browser:
    """It listens on a pipe to commands of the DevTools protocol, and opens no port."""

    def __init__(self) -> None:
        assert PROGRAM is not None
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        reads, self._commands = os.pipe()
        self._answers, writes = os.pipe()
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"]
        options += ["--no-first-run", "--disable-extensions", f"--user-data-dir={self._folder.name}"]
        piped = f'exec "$0" "$@" 3<&{reads} 4>&{writes}'  # the numbers that the browser listens and answers on
        self._process = subprocess.Popen(
            ["bash", "-c", piped, PROGRAM, *options],
            pass_fds=(reads, writes),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reads)
        os.close(writes)
        self._number, self._rest, self._session = 0, b"", ""
        target = self._say("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._say("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._say("Page.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError, RuntimeError):
            self._session = ""
            self._say("Browser.close")
        os.close(self._commands)
        try:
            self._process.wait(timeout=MINUTE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        os.close(self._answers)
        self._folder.cleanup()

    def _say(self, method: str, **words: Any) -> Any:
        """A command and its answer. Raises RuntimeError where the browser refuses it, or has ended."""
        self._number += 1
        said = {"id": self._number, "method": method, "params": words}
        said |= {"sessionId": self._session} if self._session else {}
        os.write(self._commands, json.dumps(said).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            read = os.read(self._answers, 1 << 20)
            if not read:
                raise RuntimeError("the browser has ended")
            self._rest += read
        one, _, self._rest = self._rest.partition(b"\0")
        return json.loads(one)

    def open(self, page: str, width: int = 1280, theme: Literal["light", "dark"] = "light") -> None:
        """Show a page (its HTML) in a window of this width."""
        self._say(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 700
        )
        self._say("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        frame = self._say("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self._say("Page.setDocumentContent", frameId=frame, html=page)

    def run(self, script: str) -> Any:
        """What an expression of JavaScript comes to in the page. Raises RuntimeError for one that fails."""
        found = self._say("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def picture(self, path: Path) -> None:
        """A picture of the whole page."""
        shot = self._say("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def paper(self, path: Path, width: float, height: float) -> None:
        """The page on paper of this size in inches."""
        printed = self._say("Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=False)
        path.write_bytes(base64.b64decode(printed["data"]))
