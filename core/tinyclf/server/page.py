"""The pages: one to try the model, one to read its schema; nothing in them comes from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Response

ASSETS = Path(__file__).parent / "assets"

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

_FILES = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
    "/drawing.js": ("drawing.js", "text/javascript"),
}


def add_pages(app: FastAPI) -> None:
    """Add the pages to an application."""
    for path, (name, kind) in _FILES.items():
        _add(app, path, (ASSETS / name).read_text(encoding="utf-8"), kind)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return Response(docs_page(app.openapi()), 200, _HEADERS, "text/html")


def _add(app: FastAPI, path: str, text: str, kind: str) -> None:
    @app.get(path, include_in_schema=False)
    async def page() -> Response:
        return Response(text, 200, _HEADERS, kind)


def docs_page(told: dict[str, Any]) -> str:
    """Return an OpenAPI schema as a page that needs no script."""
    frame = (ASSETS / "docs.html").read_text(encoding="utf-8")
    operations = [
        text
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
        for text in _operation(path, method, operation)
    ]
    return frame.replace("<!-- operations -->", "\n".join(operations))


def _operation(path: str, method: str, told: dict[str, Any]) -> Iterator[str]:
    yield '<section class="panel">'
    yield f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
    yield f"<p>{escape(told.get('summary', ''))}.</p>"
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        yield _folded(f"Body: {kind}", content["schema"])
        if "example" in content:
            yield _folded("An example", content["example"], indent=None)
    for status, answer in told["responses"].items():
        for content in answer.get("content", {}).values():
            yield _folded(f"{status}: {answer['description']}", content.get("schema", {}))
    yield "</section>"


def _folded(title: str, told: object, indent: int | None = 1) -> str:
    text = json.dumps(told, indent=indent, ensure_ascii=True)
    return (
        f"<details><summary>{escape(title)}</summary>"
        f'<pre tabindex="0">{escape(text)}</pre></details>'
    )
