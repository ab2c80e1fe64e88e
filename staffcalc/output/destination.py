"""Where an answer goes: standard output, whatever its encoding, or a file, whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from staffcalc.output.formats import Format
from staffcalc.output.problem import OutputProblem
from staffcalc.output.widths import asked_width

# Documents with escapes of their own say the same in ASCII; elsewhere the nearest character must do.
_ESCAPES = {
    Format.html: "xmlcharrefreplace",
    Format.junit: "xmlcharrefreplace",
    Format.json: "staffcalc.json",
    Format.sarif: "staffcalc.json",
}


def prepare() -> None:
    """Let nothing that surrounds the program surprise what it is built on: a standard output that was closed before it
    began, a COLUMNS that is no width."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull)  # noqa: SIM115 (for as long as the program runs); it cannot be written to
    if asked_width() is None:
        os.environ.pop("COLUMNS", None)


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def columns(terminal: TextIO) -> int:
    """How wide a terminal is; of one that does not tell, as wide as they were once."""
    try:
        return os.get_terminal_size(terminal.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def to_stdout(text: str, format: Format) -> None:
    """Send the answer. A reader that has heard enough, such as `head`, is no problem."""
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise unwritten(ValueError())
    try:
        if format is Format.csv and not is_terminal(stream) and hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(text.encode("utf-8", "backslashreplace"))  # CSV is UTF-8 on every system
            stream.buffer.flush()
        else:
            stream.write(_sayable(text, stream, format))
            stream.flush()
    except BrokenPipeError:
        _discard(stream)
    except (OSError, ValueError) as error:  # a full disk, a stream that was closed
        raise unwritten(error) from error


def unwritten(error: Exception) -> OutputProblem:
    """What is said when standard output takes nothing; what is still buffered is given up."""
    stream: TextIO | None = sys.stdout
    if stream is None or stream.closed or not stream.writable():  # closed before the program began
        return OutputProblem("standard output is closed: give an --output")
    _discard(stream)
    return OutputProblem(f"the answer could not be written to standard output: {_reason(error)}")


def to_stderr(text: str) -> None:
    """Send a remark; when nobody listens it is lost, and the answer still stands."""
    stream: TextIO | None = sys.stderr
    if stream is None:
        return
    try:
        stream.write(_sayable(text, stream, Format.text))
        stream.flush()
    except (OSError, ValueError):
        _discard(stream)


def to_file(text: str, path: Path) -> None:
    """Write a file through a temporary one beside it, so that it is there whole or as it was before."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        target = Path(os.path.realpath(path))  # a link stays a link
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise OutputProblem(f"{path} is a folder: give the name of a file in it")
        if mode is not None and not os.access(path, os.W_OK):
            raise OutputProblem(f"{path} is write-protected: choose another --output")
        if mode is not None and not stat.S_ISREG(mode):  # a device or a pipe cannot be replaced, only written to
            path.write_bytes(data)
        else:
            _replace(target, data, mode)
    except OSError as error:
        raise OutputProblem(f"{path} could not be written: {_reason(error)}") from error


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    beside = target.with_name(f".staffcalc-{os.urandom(6).hex()}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _sayable(text: str, stream: TextIO, format: Format) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig"):
        return text.encode("utf-8", "staffcalc.plain").decode("utf-8")
    if format in _ESCAPES:
        return text.encode("ascii", _ESCAPES[format]).decode("ascii")
    return text.encode(encoding, "staffcalc.plain").decode(encoding)


def _discard(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that Python has nothing to complain about when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
