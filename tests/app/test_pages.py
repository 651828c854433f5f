"""Every page run in this process: no error, no warning of Streamlit's, and quickly."""

from __future__ import annotations

import http.client
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cocommuns_graph.desk import explained, markdown_text, open_desk
from tests.app.conftest import CHECKOUT, Server

VIEWS = [
    ("find", {}),
    ("find", {"q": "syndicats"}),
    ("find", {"q": "trade unions", "kind": "expert,organisation", "id": "pat-conaty"}),
    ("map", {}),
    ("map", {"show": "around", "around": "pat-conaty", "depth": "2"}),
    ("map", {"show": "around"}),
    ("map", {"show": "nonsense", "topic": "nothing", "depth": "-1", "id": "nobody"}),
    ("map", {"show": "all"}),
    ("measures", {}),
    ("measures", {"network": "topics", "by": "sector"}),
    ("measures", {"network": "nonsense", "by": "colour", "directed": "yes"}),
    ("import", {}),
    ("profile", {}),
    ("profile", {"id": "pat-conaty", "to": "guy-standing"}),
    ("profile", {"id": "nobody", "to": "nothing"}),
    ("profile", {"id": "trade-unions"}),
    ("about", {}),
    ("about", {"type": "Topic"}),
    ("about", {"type": "nonsense"}),
]
PAGES = {
    "find": "views/find.py",
    "map": "views/map.py",
    "measures": "views/measures.py",
    "import": "views/import_.py",
    "profile": "views/profile.py",
    "about": "views/about.py",
}
IS_SHOWN: dict[str, Callable[[AppTest], bool]] = {
    "find": lambda app: app.title[0].value == "Who could help?" and bool(app.multiselect),
    "map": lambda app: bool(app.segmented_control),
    "measures": lambda app: app.title[0].value == "The network in numbers" and bool(app.dataframe),
    "import": lambda app: app.title[0].value == "Bring your spreadsheets in",
    "profile": lambda app: app.selectbox[1].label == "Whose profile",
    "about": lambda app: app.title[0].value == "About the data" and len(app.dataframe) == 5,
}


@pytest.fixture
def app(sample: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("COCOMMUNS_HOME", str(sample.home))
    monkeypatch.syspath_prepend(str(CHECKOUT / "app"))
    yield AppTest.from_file(str(CHECKOUT / "app" / "main.py"), default_timeout=60)
    st.cache_resource.clear()


def opened(app: AppTest, page: str, parameters: dict[str, str]) -> AppTest:
    app.run()
    app.switch_page(PAGES[page])
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize(("page", "parameters"), VIEWS)
def test_a_view_opens_without_error_or_warning(
    app: AppTest, caplog: pytest.LogCaptureFixture, page: str, parameters: dict[str, str]
) -> None:
    with caplog.at_level(logging.WARNING):
        opened(app, page, parameters)
        app.run()
    assert not app.exception
    assert not app.error
    assert IS_SHOWN[page](app)
    assert [record.getMessage() for record in caplog.records if "default value" in record.getMessage()] == []
    assert not any("default value" in warning.value for warning in app.warning)


def test_an_error_that_can_be_acted_on_is_one_sentence(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_USERNAME", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    monkeypatch.setenv("COCOMMUNS_HOME", str(tmp_path))
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert "127" in app.error[0].value


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 101), ("localhost", 101), ("evil.example", 403)])
def test_no_other_site_reaches_the_app_through_a_name_of_its_own(
    sample: Server, host: str, status: int
) -> None:
    port = sample.address.rsplit(":", 1)[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    headers = {
        "Host": f"{host}:{port}",
        "Origin": f"http://{host}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


def test_measures_are_those_of_the_command_with_their_meanings(app: AppTest, sample: Server) -> None:
    opened(app, "measures", {"network": "direct", "by": "sector"})
    (shown,) = app.dataframe
    desk = open_desk(sample.home)
    expected = {row["id"]: row for row in desk.metrics("direct", by="sector")}
    desk.close()
    assert set(shown.value.index) == set(expected)
    assert shown.value.loc["reves", "degree"] == expected["reves"]["degree"]
    assert list(shown.value["degree"]) == sorted(shown.value["degree"], reverse=True)
    said = " ".join(each.value for each in app.expander[0].markdown)
    assert all(markdown_text(one["meaning"]) in said for one in explained())
