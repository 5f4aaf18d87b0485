"""The one way a whole file is turned away."""


class Refused(Exception):
    """The file or the mapping cannot be read at all.

    Its message is one line, fit to show to the person: what is wrong, where, and what to do.
    It names columns and sheets but never quotes what a row holds.
    """

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        super().__init__("".join(char if char.isprintable() else "\ufffd" for char in line))


def listed(names: list[str] | tuple[str, ...], *, most: int = 30) -> str:
    """The names in one short line, for a refusal; long names and long lists are cut."""
    short = [name if len(name) <= 20 else f"{name[:20]}…" for name in names[:most] if name]
    more = len(names) - most
    return "、".join(short) + (f" and {more} more" if more > 0 else "")
