"""A small validator for the JSON schemas we print, so that they are held to by tests."""

import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
KNOWN = frozenset(
    {"$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description"}
    | {"enum", "exclusiveMinimum", "format", "items", "maxItems", "maximum", "minItems", "minimum"}
    | {"pattern", "prefixItems", "properties", "propertyNames", "required", "title", "type"}
)


def breaches(value: Any, node: Node, root: Node, path: str = "$") -> Iterator[str]:
    """Where a value breaks a schema.

    Args:
        value: JSON value.
        node: Schema it has to follow.
        root: The whole schema, in which references are looked up.
        path: Where the value stands.
    """
    unknown = node.keys() - KNOWN
    assert not unknown, f"the validator does not know {unknown}"
    if "$ref" in node:
        yield from breaches(value, root["$defs"][node["$ref"].rpartition("/")[2]], root, path)
        return
    if "anyOf" in node and all(any(breaches(value, one, root)) for one in node["anyOf"]):
        yield f"{path}: {value!r} fits none of its alternatives"
    yield from _scalar(value, node, path)
    if isinstance(value, dict):
        yield from _object(value, node, root, path)  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, list):
        yield from _array(value, node, root, path)  # pyright: ignore[reportUnknownArgumentType]


def _scalar(value: Any, node: Node, path: str) -> Iterator[str]:
    wanted = node.get("type")
    odd_bool = isinstance(value, bool) and wanted != "boolean"
    if wanted and (odd_bool or not isinstance(value, _TYPES[wanted])):
        yield f"{path}: {value!r} is no {wanted}"
    if "const" in node and value != node["const"]:
        yield f"{path}: {value!r} is not {node['const']!r}"
    if "enum" in node and value not in node["enum"]:
        yield f"{path}: {value!r} is not one of {node['enum']}"
    if "pattern" in node and isinstance(value, str) and not re.search(node["pattern"], value):
        yield f"{path}: {value!r} does not match {node['pattern']}"


def _object(value: Node, node: Node, root: Node, path: str) -> Iterator[str]:
    properties: Node = node.get("properties", {})
    for name in node.get("required", []):
        if name not in value:
            yield f"{path}: {name} is missing"
    if node.get("additionalProperties") is False:
        yield from (f"{path}: {name} is too much" for name in value.keys() - properties.keys())
    for name, part in properties.items():
        if name in value:
            yield from breaches(value[name], part, root, f"{path}.{name}")


def _array(value: list[Any], node: Node, root: Node, path: str) -> Iterator[str]:
    if not node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value)):
        yield f"{path}: {len(value)} items"
    parts: list[Node] = node.get("prefixItems") or [node.get("items", {})] * len(value)
    for at, (item, part) in enumerate(zip(value, parts, strict=False)):
        yield from breaches(item, part, root, f"{path}[{at}]")
