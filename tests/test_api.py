from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.scope import Scope
from tests.newsroom import BROKEN, BUSY, FERRY, SAILS, SAILS_ANSWER, Desk, Shelf
from ui.api import create_api, handle_errors


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    handle_errors(app)
    app.include_router(create_api(Desk(), Shelf()))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_health_counts_the_articles(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "articles": 3}


def test_ask_gives_the_answer_as_the_command_line_does(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": f"  {SAILS} "})
    assert reply.status_code == 200
    assert reply.json() == SAILS_ANSWER.to_dict()


def test_ask_takes_a_day(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": SAILS, "as_of": "2023-01-02"})
    assert reply.json()["as_of"] == "2023-01-02"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"question": ""}, "question: is empty"),
        ({"question": " \n "}, "question: is empty"),
        ({"question": "x" * 2_001}, "question: String should have at most 2000 characters"),
        ({}, "question: Field required"),
        ({"question": SAILS, "asof": "2023-01-02"}, "asof: Extra inputs are not permitted"),
    ],
)
def test_a_bad_question_is_422_and_says_why(
    client: TestClient, body: dict[str, str], error: str
) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == 422
    assert reply.json() == {"error": error}


def test_a_bad_day_names_its_field(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": SAILS, "as_of": "soon"})
    assert reply.status_code == 422
    assert reply.json()["error"].startswith("as_of: ")


def test_broken_json_is_422(client: TestClient) -> None:
    reply = client.post("/api/ask", content="{", headers={"Content-Type": "application/json"})
    assert reply.status_code == 422
    assert list(reply.json()) == ["error"]


def test_a_busy_server_is_503_and_says_when_to_come_back(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": BUSY})
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "5"
    assert reply.json() == {"error": "the language model is busy; please ask again in a moment"}


def test_an_unexpected_error_is_500_and_tells_nothing(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": BROKEN})
    assert reply.status_code == 500
    assert list(reply.json()) == ["error"]
    assert "secret" not in reply.text


def test_search_ranks_passages(client: TestClient) -> None:
    (hit,) = client.get("/api/search", params={"q": "ship", "k": 5}).json()
    assert (hit["rank"], hit["article_id"]) == (1, "ferry")
    assert FERRY.text[hit["start"] : hit["end"]] == hit["text"]


def test_search_takes_limits() -> None:
    app, desk = FastAPI(), Desk()
    app.include_router(create_api(desk, Shelf()))
    query = "q=ship&source=Post&source=Wire&since=2024-01-01&until=2024-02-01&as_of=2024-03-01"
    with TestClient(app) as client:
        assert client.get(f"/api/search?{query}").status_code == 200
    assert desk.searched == (
        date(2024, 3, 1),
        Scope(("Post", "Wire"), date(2024, 1, 1), date(2024, 2, 1)),
    )


@pytest.mark.parametrize("query", ["", "q=", "q=ship&k=0", "q=ship&k=101", "q=ship&k=many"])
def test_a_bad_search_is_422(client: TestClient, query: str) -> None:
    reply = client.get(f"/api/search?{query}")
    assert reply.status_code == 422
    assert list(reply.json()) == ["error"]


def test_articles_are_listed_without_their_text(client: TestClient) -> None:
    reply = client.get("/api/articles").json()
    assert reply["count"] == 3
    assert [article["id"] for article in reply["articles"]] == ["ferry", "bridge", "hostile"]
    whole = FERRY.to_dict()
    del whole["text"]
    assert reply["articles"][0] == whole


def test_articles_come_in_pages(client: TestClient) -> None:
    reply = client.get("/api/articles", params={"offset": 1, "limit": 1}).json()
    assert [article["id"] for article in reply["articles"]] == ["bridge"]
    assert client.get("/api/articles?limit=0").status_code == 422


def test_one_article_comes_whole(client: TestClient) -> None:
    assert client.get("/api/articles/ferry").json() == FERRY.to_dict()
    reply = client.get("/api/articles/nobody")
    assert reply.status_code == 404
    assert reply.json() == {"error": "no article 'nobody' in the library"}


def test_an_unknown_address_is_404_in_json(client: TestClient) -> None:
    reply = client.get("/api/nothing/here")
    assert reply.status_code == 404
    assert reply.json() == {"error": "no GET /api/nothing/here; see /api/openapi.json"}


def test_ask_takes_a_conversation_and_a_scope() -> None:
    desk, app = Desk(), FastAPI()
    app.include_router(create_api(desk, Shelf()))
    body = {
        "question": SAILS,
        "history": [{"question": "Which ferry?", "answer": "The Marit Lund."}],
        "sources": ["Harbour Post"],
        "since": "2022-11-01",
    }
    with TestClient(app) as client:
        assert client.post("/api/ask", json=body).status_code == 200
    scope = Scope(("Harbour Post",), since=date(2022, 11, 1))
    assert desk.told == [((("Which ferry?", "The Marit Lund."),), scope)]
