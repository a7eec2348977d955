"""Pictures of screens, compared so that another machine's anti-aliasing does not matter.

`SNAPSHOTS=update pytest tests/ui` writes them anew; look at the difference before committing it.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

FOLDER = Path(__file__).parent.parent / "ui" / "snapshots"
BLUR = 3
SHADE_MAX = 40
SHARE_MAX = 0.004
"""Of the blurred pixels, so many may be more than `SHADE_MAX` of 255 away."""


def check_snapshot(picture: QPixmap, name: str, *, left: Path) -> None:
    """Compare with the snapshot of that name; leave the picture in a folder where they differ."""
    path = FOLDER / f"{name}.png"
    if os.environ.get("SNAPSHOTS") == "update":
        FOLDER.mkdir(exist_ok=True)
        small = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
        assert small.save(str(path))
        return
    assert path.exists(), f"{name} has no snapshot; run with SNAPSHOTS=update"
    seen, kept = picture.toImage(), QImage(str(path))
    assert seen.size() == kept.size(), f"{name}: {seen.size()} against {kept.size()}"
    far = np.abs(_blurred(seen) - _blurred(kept)).max(axis=2) > SHADE_MAX
    if far.mean() > SHARE_MAX:
        seen.save(str(left / f"{name}.png"))
        pytest.fail(f"{name} differs in {far.mean():.2%}; see {left / f'{name}.png'}")


def _blurred(image: QImage) -> np.ndarray:
    small = image.scaled(
        image.width() // BLUR,
        image.height() // BLUR,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(small.constBits(), dtype=np.uint8)
    rows = flat.reshape(small.height(), small.bytesPerLine())[:, : small.width() * 4]
    return rows.reshape(small.height(), small.width(), 4)[:, :, :3].astype(np.int16)
