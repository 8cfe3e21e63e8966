"""Turns a fresh clone into a working environment: .venv with everything that requirements.lock names, and this project
in it, editable.

Invariant: only the standard library is used; an environment that fits the lock, pyproject.toml and the build hook is
left as it is, one that does not is made anew or brought up to date.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "faultline.stamp"
KEYED_ON = ("requirements.lock", "pyproject.toml", "hatch_build.py")
OLDEST, NEWEST = (3, 11), (3, 13)


def main() -> int:
    """Exit code: 0 when the environment stands, 1 with the reason on stderr when it cannot be made."""
    here = sys.version_info[:2]
    if not OLDEST <= here <= NEWEST:
        return _refuse(f"Python {here[0]}.{here[1]} is not one of 3.11, 3.12, 3.13. Try: make PYTHON=python3.12 ...")
    try:
        if _stamped() != _wanted():
            _install()
        _run(_python(), ROOT / "hatch_build.py")
    except subprocess.CalledProcessError as error:
        return _refuse(f"{' '.join(map(str, error.cmd))} returned {error.returncode}; the lines above say why.")
    return 0


def _install() -> None:
    STAMP.unlink(missing_ok=True)
    if not _python().exists() or _version_of(_python()) != _version_of(Path(sys.executable)):
        _make_venv()
    # Byte-compiling everything doubles the time; Python compiles what is imported when it is imported.
    pip = (_python(), "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--no-compile")
    _say("installing what requirements.lock names into .venv")
    _run(*pip, "--require-hashes", "--requirement", ROOT / "requirements.lock")
    _run(*pip, "--no-build-isolation", "--no-deps", "--editable", ROOT)
    STAMP.write_text(_wanted(), encoding="ascii")


def _make_venv() -> None:
    _say(f"making .venv with Python {sys.version.split()[0]}")
    try:
        _run(sys.executable, "-m", "venv", "--clear", VENV)
    except subprocess.CalledProcessError:
        _say("this Python cannot make a venv; Debian and Ubuntu keep that part in the package python3-venv")
        raise


def _wanted() -> str:
    content = b"\0".join((ROOT / name).read_bytes() for name in KEYED_ON if (ROOT / name).exists())
    # A moved environment does not work: its scripts name the folder in which it was made.
    return hashlib.sha256(content + os.fsencode(ROOT)).hexdigest()


def _stamped() -> str:
    return STAMP.read_text(encoding="ascii") if STAMP.exists() and _python().exists() else ""


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _version_of(python: Path) -> str:
    asked = "import sys; print(*sys.version_info[:2])"
    return subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False).stdout


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


def _say(text: str) -> None:
    print(f"set-up: {text}", file=sys.stderr, flush=True)


def _refuse(text: str) -> int:
    _say(text)
    return 1


if __name__ == "__main__":
    sys.exit(main())
