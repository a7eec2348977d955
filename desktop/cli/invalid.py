"""Input that no rule ever sees: a word that is no number, a file that is no table (exit code 2)."""


class InvalidInput(Exception):
    """What was typed cannot be meant; nothing was changed. `code` names the sentence."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
