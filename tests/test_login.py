import base64
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.errors import UserError
from tests.newsroom import SAILS, Desk, Shelf
from ui.attempts import FOR_A_NAME, FROM_AN_ADDRESS, SECONDS, Attempts, TooManyTries
from ui.conversations import Conversations
from ui.gate import HeaderGate, PasswordGate, session_key
from ui.login import WRONG
from ui.server import create_app
from ui.turn import Turn
from ui.users import User, Users, hash_password

PAGE = {"Accept": "text/html"}


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "users")
    users.put("ann", "correct horse", admin=True)
    users.put("bea", "battery staple")
    return users


def client_of(users: Users, kept: Conversations | None = None) -> TestClient:
    app = create_app(Desk(), Shelf(), conversations=kept, gate=PasswordGate(users, b"key"))
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


def login(client: TestClient, name: str, password: str) -> int:
    return client.post("/login", data={"name": name, "password": password}).status_code


def test_a_password_is_kept_hashed_and_for_the_owner_only(users: Users) -> None:
    text = users.path.read_text()
    assert "correct horse" not in text
    assert users.path.stat().st_mode & 0o777 == 0o600
    assert [(user.name, user.admin) for user in users] == [("ann", True), ("bea", False)]


def test_scrypt_is_that_of_the_rfc() -> None:
    # RFC 7914, 12: N=16384, r=8, p=1 (its digest is 64 bytes; ours are the first 32).
    hashed = hash_password("pleaseletmein", b"SodiumChloride", 16384)
    digest = base64.b64decode(hashed.split("$")[3]).hex()
    assert digest == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"


def test_only_the_right_password_fits(users: Users) -> None:
    assert users.check("ann", "correct horse")
    assert users.check("ann", "battery staple") is None
    assert users.check("nobody", "correct horse") is None
    users.put("ann", "another one")
    assert users.check("ann", "correct horse") is None
    assert users.remove("ann")
    assert users.check("ann", "another one") is None
    assert not users.remove("ann")


def test_a_file_that_changes_is_read_again_and_a_bad_line_is_named(users: Users) -> None:
    users.path.write_text("ann:admin\n")
    with pytest.raises(UserError, match="users:1: not name:role:hash"):
        users.find("ann")


@pytest.mark.parametrize(("name", "password"), [("a:b", "long enough"), ("", "x"), ("a", "short")])
def test_a_bad_name_or_password_is_refused(users: Users, name: str, password: str) -> None:
    with pytest.raises(UserError):
        users.put(name, password)


def test_a_stranger_sees_the_login_and_nothing_else(users: Users) -> None:
    client = client_of(users)
    reply = client.get("/", headers=PAGE)
    assert (reply.status_code, reply.headers["location"]) == (303, "/login")
    for path in ("/article/ferry", "/api/articles", "/conversations", "/gradio_api/info"):
        assert client.get(path).status_code == 401, path
    assert client.post("/api/ask", json={"question": SAILS}).status_code == 401
    assert client.get("/health").status_code == 200


def test_the_right_password_lets_in_and_logging_out_ends_it(users: Users) -> None:
    client = client_of(users)
    wrong = client.post("/login", data={"name": "<ann>", "password": "wrong"})
    assert wrong.status_code == 401
    assert WRONG in wrong.text
    assert "&lt;ann&gt;" in wrong.text
    assert login(client, "ann", "correct horse") == 303
    assert client.get("/api/articles").status_code == 200
    assert client.get("/", headers=PAGE).status_code == 200
    client.post("/logout")
    assert client.get("/api/articles").status_code == 401


def test_a_forged_or_outdated_session_is_none(users: Users) -> None:
    client = client_of(users)
    login(client, "bea", "battery staple")
    cookie = client.cookies["byline_session"]
    name, expires, signature = cookie.split(".")
    ann = base64.urlsafe_b64encode(b"ann").decode()
    for forged in (f"{ann}.{expires}.{signature}", f"{name}.{int(expires) + 9}.{signature}", "x"):
        client.cookies.clear()
        client.cookies.set("byline_session", forged)
        assert client.get("/api/articles").status_code == 401
    client.cookies.clear()
    client.cookies.set("byline_session", cookie)
    assert client.get("/api/articles").status_code == 200
    users.put("bea", "another password")  # ends her sessions
    assert client.get("/api/articles").status_code == 401


def test_programs_use_basic_authentication(users: Users) -> None:
    client = client_of(users)
    reply = client.post("/api/ask", json={"question": SAILS}, auth=("bea", "battery staple"))
    assert reply.status_code == 200
    assert client.get("/api/articles", auth=("bea", "wrong")).status_code == 401


def test_guessing_has_to_wait_and_locks_nobody_else_out(users: Users) -> None:
    client = client_of(users)
    for _ in range(FOR_A_NAME):
        assert login(client, "ann", "guess") == 401
    reply = client.post("/login", data={"name": "ann", "password": "correct horse"})
    assert reply.status_code == 429
    assert "Wait 5 minutes" in reply.text
    assert int(reply.headers["retry-after"]) > 290
    basic = client.get("/api/articles", auth=("ann", "correct horse"))
    assert (basic.status_code, "too many" in basic.json()["error"]) == (429, True)
    assert login(client, "bea", "battery staple") == 303


def test_wrong_passwords_are_counted_by_name_and_address() -> None:
    time = 0.0
    attempts = Attempts(lambda: time)
    for _ in range(FOR_A_NAME - 1):
        attempts.failed("ann", "here")
    attempts.passed("ann", "here")
    for _ in range(FOR_A_NAME):
        attempts.check("ann", "here")
        attempts.failed("ann", "here")
        time += 1
    attempts.check("ann", "elsewhere")
    attempts.check("bea", "here")
    with pytest.raises(TooManyTries) as stopped:
        attempts.check("ann", "here")
    assert stopped.value.seconds == SECONDS - FOR_A_NAME
    time = SECONDS
    attempts.check("ann", "here")
    for number in range(FROM_AN_ADDRESS):
        attempts.failed(f"name {number}", "there")
    with pytest.raises(TooManyTries):
        attempts.check("another", "there")


def test_a_program_pays_for_its_password_once(users: Users) -> None:
    client = client_of(users)
    checked = []
    right = users.check

    def check(name: str, password: str) -> User | None:
        checked.append(name)
        return right(name, password)

    users.check = check  # type: ignore[method-assign]
    for _ in range(3):
        assert client.get("/api/articles", auth=("bea", "battery staple")).status_code == 200
    assert checked == ["bea"]
    users.put("bea", "another password")
    assert client.get("/api/articles", auth=("bea", "battery staple")).status_code == 401


def test_a_proxy_in_front_says_who_it_is() -> None:
    gate = HeaderGate("X-User", admins=["ann"])
    client = TestClient(create_app(Desk(), Shelf(), gate=gate))
    assert client.get("/api/articles").status_code == 401
    assert client.get("/api/articles", headers={"X-User": "bea"}).status_code == 200


def test_people_see_their_own_conversations_only(users: Users) -> None:
    kept = Conversations()
    identity = kept.begin("ann", "A secret plan")
    kept.put(identity, Turn(1, SAILS).stop())
    ann, bea = client_of(users, kept), client_of(users, kept)
    login(ann, "ann", "correct horse")
    login(bea, "bea", "battery staple")
    assert "A secret plan" in ann.get("/conversations").text
    assert "A secret plan" not in bea.get("/conversations").text
    base = f"/conversations/{identity}"
    assert ann.get(f"{base}/export.md").status_code == 200
    for reply in (
        bea.get(f"{base}/export.md"),
        bea.get(f"{base}/turns/1.md"),
        bea.patch(base, json={"title": "Mine"}),
        bea.put(f"{base}/turns/1/opinion", json={"good": True}),
        bea.delete(base),
    ):
        assert reply.status_code == 404
    assert kept.title(identity) == "A secret plan"


def test_the_key_of_the_sessions_outlives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "session.key"
    key = session_key(path)
    assert len(key) == 32
    assert session_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
