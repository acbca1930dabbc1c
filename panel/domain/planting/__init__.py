"""Planted text: instructions smuggled into a dossier for whoever, or whatever, reviews it."""

from panel.domain.planting.fields import Plant, plants
from panel.domain.planting.markers import find_marker
from panel.domain.planting.scan import find_address, find_plant

__all__ = ["Plant", "find_address", "find_marker", "find_plant", "plants"]
