"""Collect the texts of the code into the `.ts`, and compile it to the `.qm` that ships.

`python -m desktop.i18n` does both; a test fails while an English text is missing. Texts are
found in `self.tr("…")` and `QCoreApplication.translate("Context", "…")` with literal strings only.
"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

from desktop.assets import translation_file, translation_source

LANGUAGE = "en"
TOOLS = Path(PySide6.__file__).parent
SOURCES = Path(__file__).resolve().parent.parent


def main() -> int:
    """Update and compile; say what still lacks a translation and return how many those are."""
    collect(translation_source(LANGUAGE))
    compile_translation(translation_source(LANGUAGE), translation_file(LANGUAGE))
    missing = unfinished(translation_source(LANGUAGE))
    for text in missing:
        sys.stdout.write(f"{text}\n")
    sys.stdout.write(f"{len(missing)} unfinished\n")
    return min(len(missing), 1)


def collect(source: Path) -> None:
    """Merge the texts of the code into a `.ts`; texts that are gone are dropped."""
    files = sorted(str(path) for path in SOURCES.rglob("*.py"))
    _run(
        "lupdate",
        "-silent",
        "-no-obsolete",
        "-disable-heuristic",
        "sametext",
        "-disable-heuristic",
        "similartext",
        "-locations",
        "none",
        "-source-language",
        "zh_CN",
        "-target-language",
        LANGUAGE,
        *files,
        "-ts",
        str(source),
    )


def compile_translation(source: Path, target: Path) -> None:
    """Compile a `.ts` to the `.qm` that Qt loads."""
    _run("lrelease", "-silent", str(source), "-qm", str(target))


def unfinished(source: Path) -> tuple[str, ...]:
    """Return the texts of a `.ts` that have no translation, or an unfinished one."""
    tree = ET.parse(source)  # noqa: S314  our own file, from our own tool
    found = []
    for context in tree.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None, "lupdate writes one for every message"
            forms = [form.text for form in translation.iter("numerusform")]
            texts = forms or [translation.text]
            if translation.get("type") == "unfinished" or not all(texts):
                found.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return tuple(found)


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(TOOLS / tool), *arguments], check=True)  # noqa: S603  Qt's own tool
