"""Every object of a program document with its path: for whoever looks for one kind of them."""

from collections.abc import Iterator

from msgspec import Struct


def walk(part: object, path: str) -> Iterator[tuple[str, Struct]]:
    """Yield every object of the document with its path, outermost first."""
    if isinstance(part, list):
        for i, item in enumerate(part):
            yield from walk(item, f"{path}[{i}]")
    elif isinstance(part, Struct):
        yield path, part
        for name, key in zip(part.__struct_fields__, part.__struct_encode_fields__, strict=True):
            yield from walk(getattr(part, name), f"{path}.{key}")
