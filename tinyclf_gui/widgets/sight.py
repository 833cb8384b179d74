"""Which part of a picture is seen, and how large: the arithmetic of zooming and panning."""

from __future__ import annotations

from dataclasses import dataclass, replace

LARGEST_SCALE = 8.0
"""Device pixels a picture's pixel, at most."""
LARGEST_FIT = 4.0
"""How far a small picture is enlarged to fill the view."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point or a distance, in the pixels named beside it."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at, whatever the picture's size: another one can be seen in the same way.

    Attributes:
        enlarged: Times the fitted size, above 1; ``None``: fitted.
        x: What is in the middle of the view, as a share of the picture's width; ``None`` where all
            of the width is seen: then another picture's middle stays where it is.
        y: Likewise of its height.
    """

    enlarged: float | None = None
    x: float | None = None
    y: float | None = None


FITTED = Look()
"""All of a picture is looked at."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture in a view.

    Attributes:
        picture: Width and height of the picture, in its pixels, both above 0.
        view: Width and height of the view, in device pixels.
        zoom: Device pixels a picture's pixel; ``None`` fits the picture into the view.
        margin: Kept free around a fitted picture, in device pixels.
        centre: What is in the middle of the view, in the picture's pixels; of no meaning on an
            axis where all of the picture is seen: there it stands in the middle.
    """

    picture: Point
    view: Point
    zoom: float | None = None
    margin: float = 0.0
    centre: Point = Point(0.0, 0.0)

    @property
    def fit(self) -> float:
        """The scale that shows all of the picture as large as may be."""
        across = max(1.0, self.view.x - 2 * self.margin) / self.picture.x
        down = max(1.0, self.view.y - 2 * self.margin) / self.picture.y
        return min(across, down, LARGEST_FIT)

    @property
    def scale(self) -> float:
        """Device pixels a picture's pixel, now."""
        return self.fit if self.zoom is None else self.zoom

    @property
    def corner(self) -> Point:
        """Where the picture's top left corner is in the view, in device pixels."""
        centre = self._held()
        return Point(
            self.view.x / 2 - centre.x * self.scale, self.view.y / 2 - centre.y * self.scale
        )

    @property
    def size(self) -> Point:
        """Width and height of the whole picture as shown, in device pixels."""
        return Point(self.picture.x * self.scale, self.picture.y * self.scale)

    @property
    def look(self) -> Look:
        """What is looked at, to be seen in other pictures too."""
        if self.zoom is None:
            return FITTED
        centre = self._held()
        return Look(
            self.zoom / self.fit,
            _share(centre.x, self.picture.x, self.view.x / self.scale),
            _share(centre.y, self.picture.y, self.view.y / self.scale),
        )

    def at(self, look: Look) -> Sight:
        """Return the sight of the same part of this picture, as near as its pixels allow."""
        if look.enlarged is None:
            return replace(self, zoom=None)
        zoom = min(look.enlarged * self.fit, max(LARGEST_SCALE, self.fit))
        held = self._held()
        centre = Point(
            held.x if look.x is None else look.x * self.picture.x,
            held.y if look.y is None else look.y * self.picture.y,
        )
        return replace(self, zoom=zoom, centre=centre)._settled()

    def zoomed(self, zoom: float, at: Point) -> Sight:
        """Return the sight at another scale, with what is under ``at`` (device pixels) kept there.

        At or below the fitting scale it is fitted.
        """
        if zoom <= self.fit:
            return replace(self, zoom=None)
        zoom = min(zoom, max(LARGEST_SCALE, self.fit))
        corner = self.corner
        x, y = (at.x - corner.x) / self.scale, (at.y - corner.y) / self.scale
        centre = Point(x + (self.view.x / 2 - at.x) / zoom, y + (self.view.y / 2 - at.y) / zoom)
        return replace(self, zoom=zoom, centre=centre)._settled()

    def toggled(self, at: Point) -> Sight:
        """Return all of the picture where it was zoomed, else its own pixels at ``at``.

        A picture that fits at its own size or larger is shown at twice that scale.
        """
        if self.zoom is not None:
            return replace(self, zoom=None)
        return self.zoomed(1.0 if self.fit < 1.0 else 2.0 * self.fit, at)

    def panned(self, by: Point) -> Sight:
        """Return the sight after the picture was pulled by a distance in device pixels."""
        held = self._held()
        centre = Point(held.x - by.x / self.scale, held.y - by.y / self.scale)
        return replace(self, centre=centre)._settled()

    def resized(self, view: Point) -> Sight:
        """Return the same sight in a view of another size."""
        return replace(self, view=view)

    def _settled(self) -> Sight:
        return replace(self, centre=self._held())

    def _held(self) -> Point:
        """The centre, held where no empty space comes in while there is picture to see."""
        return Point(
            _held(self.centre.x, self.picture.x, self.view.x / self.scale),
            _held(self.centre.y, self.picture.y, self.view.y / self.scale),
        )


def _share(centre: float, picture: float, seen: float) -> float | None:
    return None if seen >= picture else centre / picture


def _held(centre: float, picture: float, seen: float) -> float:
    if seen >= picture:
        return picture / 2
    return min(max(centre, seen / 2), picture - seen / 2)
