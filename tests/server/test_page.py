"""The pages, in a real browser: drawn by pointer and by keys, dropped, told, nothing fetched."""

import json

import pytest

from tests.server.browser import Browser, chromium


@pytest.fixture
def browser(tmp_path):
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed")
    with Browser(program, tmp_path / "browser") as opened:
        yield opened


@pytest.fixture
def page(browser, served, bars):
    with served(bars) as (host, port):
        browser.open(f"http://{host}:{port}/")
        browser.wait("document.querySelectorAll('#scores li').length == 2")
        yield browser
        assert browser.complaints == []
        assert all(
            url.startswith((f"http://{host}:{port}/", "blob:", "data:"))
            for url in browser.requested
        )


TOLD = "document.getElementById('told').textContent"


def test_a_drawing_is_told(page):
    page.run("document.getElementById('fitBox').click()")
    box = "document.getElementById('drawing').getBoundingClientRect()"
    x, y, side = page.run(f"(r => [r.left, r.top, r.width])({box})")
    for height in (0.05, 0.2, 0.35):
        row = y + side * height
        page.drag((x + 5, row), (x + side / 2, row), (x + side - 5, row), (x + side - 5, row))
    page.wait(f"{TOLD} == 'above'")
    assert page.run("document.querySelector('#scores .best .name').textContent") == "above"
    assert page.run("document.getElementById('sure').textContent").endswith(" % sure")
    page.run("document.getElementById('clearButton').click()")
    page.wait(f"{TOLD} == '–'")


def test_keys_draw_too(page):
    page.run("document.getElementById('drawing').focus()")
    page.press(" ")
    page.press("ArrowRight", 12)
    page.press(" ")
    page.wait(f"{TOLD} != '–'")
    page.press("Delete")
    page.wait(f"{TOLD} == '–'")


def test_a_file_is_told_or_said_to_be_none(page, above, png, tmp_path):
    (tmp_path / "a.png").write_bytes(png(above, 20))
    (tmp_path / "b.png").write_bytes(b"no picture")
    page.choose("#fileInput", tmp_path / "a.png")
    page.wait(f"{TOLD} == 'above'")
    page.choose("#fileInput", tmp_path / "b.png")
    page.wait("!document.getElementById('problem').hidden")
    assert "no picture" in page.run("document.getElementById('problem').textContent")
    page.complaints.clear()  # the browser notes the status 422


def test_a_dropped_file_is_told(page, above, png):
    numbers = json.dumps(list(png(above, 20)))
    page.run(
        "(() => { const data = new DataTransfer();"
        f"data.items.add(new File([new Uint8Array({numbers})], 'x.png'));"
        "document.body.dispatchEvent(new DragEvent('drop',"
        "{ dataTransfer: data, bubbles: true, cancelable: true })) })()"
    )
    page.wait(f"{TOLD} == 'above'")


def test_nothing_is_cut_off_on_a_narrow_screen(page):
    page.resize(320, 900)
    assert page.run("document.documentElement.scrollWidth") <= 320


def test_the_answer_stands_beside_the_pen_where_there_is_room_for_two(page):
    page.resize(900, 700)
    tops = "['drawPanel', 'answerPanel'].map(id => document.getElementById(id).offsetTop)"
    first, second = page.run(tops)
    assert first == second


def test_a_row_is_told(browser, served, fruit):
    with served(fruit) as (host, port):
        browser.open(f"http://{host}:{port}/")
        browser.wait("document.querySelectorAll('#fields label').length == 2")
        browser.run("document.querySelector('#fields input').value = 160")
        browser.run("document.querySelector('#fields select').value = 'green'")
        browser.run("document.getElementById('tellButton').click()")
        browser.wait(f"{TOLD} == 'pear'")
        tracks = "[...document.querySelectorAll('#scores .track')]"
        lefts = browser.run(f"{tracks}.map(each => each.getBoundingClientRect().left)")
        assert len(lefts) > 1
        assert len(set(lefts)) == 1, "shares are drawn from one line on"
        assert browser.complaints == []


def test_the_schema_is_a_page_without_a_script(browser, served, bars):
    with served(bars) as (host, port):
        browser.open(f"http://{host}:{port}/docs")
        assert browser.run("document.querySelectorAll('section h2').length") == 4
        assert browser.run("document.scripts.length") == 0
        assert {url.rpartition("/")[2] for url in browser.requested} == {"docs", "page.css"}


def test_pages_allow_nothing_from_elsewhere(client, bars):
    asks = client(bars)
    for path in ("/", "/docs"):
        answer = asks.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "//" not in answer.text.replace("<!doctype", "")
