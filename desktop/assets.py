"""Where the files under resources/ are, from a source tree, an installed wheel or a bundle.

Code asks for a file by kind and name; nobody else spells a path into resources/.
"""

import sys
from pathlib import Path


def resources_dir() -> Path:
    """Return the folder that holds fonts, icons, translations and the rest."""
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller in a frozen program
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


def font_file(name: str) -> Path:
    """Return a bundled font, for example ``NotoSansSC-Regular.ttf``."""
    return resources_dir() / "fonts" / name


def icon_file(name: str) -> Path:
    """Return the SVG of a Lucide icon, for example ``user-plus``."""
    return resources_dir() / "icons" / f"{name}.svg"


def translation_file(language: str) -> Path:
    """Return the compiled translation of a language such as ``en``."""
    return resources_dir() / "translations" / f"guitai_{language}.qm"


def translation_source(language: str) -> Path:
    """Return the editable translation of a language such as ``en``."""
    return resources_dir() / "translations" / f"guitai_{language}.ts"


def help_file(language: str, name: str) -> Path:
    """Return a page of the help, for example ``counter`` in ``zh_CN``."""
    return resources_dir() / "help" / language / f"{name}.md"


def demo_file(name: str) -> Path:
    """Return a file of the demo's shop, for example ``program.json``."""
    return resources_dir() / "demo" / name


def sample_programs() -> dict[str, tuple[Path, Path]]:
    """Return the sample programs by name: the document, and a story to try it on."""
    folder = demo_file("programs")
    names = sorted(path.name.removesuffix(".scenario.json") for path in folder.glob("*.scenario.*"))
    return {name: (folder / f"{name}.json", folder / f"{name}.scenario.json") for name in names}
