"""Trouble: what the world does to the counter, as against what the rules refuse.

A full disk, a dead line, a printer out of paper. The boundary that meets it raises a `Trouble`
with a code and no wording; the shell shows a banner and the shop keeps selling.
"""


class Trouble(Exception):
    """Something outside the program does not work; what was confirmed is safe."""

    code = "trouble"

    @property
    def details(self) -> dict[str, object]:
        """Return what the sentence needs, by name."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}
