"""A member's code on receipt paper, for the wallet; and the page to try a new printer with."""

from desktop.receipts.parts import Balance, Slip, head
from desktop.receipts.receipt import Align, Code, Receipt, Rule, Text
from desktop.receipts.words import ReceiptVoice


def member_receipt(balance: Balance, *, branch: str, slip: Slip) -> Receipt:
    """Return a member's code with his masked name; his phone is not on it."""
    voice = slip.voice
    return Receipt(
        f"member {balance.number}",
        (
            *head(slip, branch=branch, title="member_code"),
            Text(balance.name, Align.CENTRE),
            Code(balance.number, balance.number),
            Text(voice("say_this"), Align.CENTRE),
        ),
    )


def trial_page(*, columns: int, branch: str, voice: ReceiptVoice) -> Receipt:
    """Return the page that shows which paper and characters a printer has."""
    ruler = "".join(str(column % 10) for column in range(1, columns + 1))
    return Receipt(
        "trial",
        (
            *head(Slip(voice), branch=branch, title="test"),
            Text(ruler),
            Text(voice("ruler")),
            Rule(),
            Text(voice("chinese")),
            Text(voice("rare")),
            Text(voice("if_rare")),
            Code("GUITAI"),
        ),
    )
