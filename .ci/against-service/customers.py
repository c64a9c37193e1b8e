"""Customers of the running service with known passwords, the tokens they hold and the mail they get."""

import itertools
import os
import threading
from dataclasses import dataclass, field

import requests

ORIGIN = os.environ["CUSTOMER_SERVICE"].rstrip("/")
CLIENT_ID = "storefront"
REDIRECT = "https://shop.example/signed-in"

# Two tenants: with the second one, a signup has to be confirmed by mail first.
OPEN = "acme"
CONFIRMED = "optin"

# More addresses than this and a customer's list is full: the service keeps a hundred.
ENOUGH_ADDRESSES = 80


@dataclass
class Session:
    access: str
    refresh: str


@dataclass
class Customer:
    email: str
    password: str
    tenant: str = OPEN
    session: Session | None = None
    addresses: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        return self.session.access


class Refused(Exception):
    """A request that prepares a case was refused, which says nothing about the case."""


_http = threading.local()
_numbers = itertools.count(1)
_lock = threading.RLock()
_anonymous: dict[str, dict] = {}
_kept: dict[str, Customer] = {}
_owners: dict[str, Customer] = {}
_holders: dict[str, Customer] = {}


def send(method: str, path: str, *, token: str | None = None, expect: int = 200, **options) -> requests.Response:
    if not hasattr(_http, "session"):
        _http.session = requests.Session()
        _http.session.trust_env = False
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    response = _http.session.request(method, ORIGIN + path, headers=headers, timeout=20, **options)
    if response.status_code != expect:
        raise Refused(f"{method} {path}: {response.status_code} instead of {expect}: {response.text}")
    return response


def start_afresh() -> None:
    """Drops what an earlier run left behind, whose customers have the names of this one's."""
    requests.post(f"{ORIGIN}/_dev/reset", timeout=20).raise_for_status()
    for tenant, confirmed in ((OPEN, False), (CONFIRMED, True)):
        response = requests.put(f"{ORIGIN}/_dev/tenants/{tenant}", json={"double_opt_in": confirmed}, timeout=20)
        response.raise_for_status()


def anonymous(tenant: str = OPEN) -> dict:
    """The one anonymous session of a tenant: its access token, refresh token and session id."""
    with _lock:
        if tenant not in _anonymous:
            _anonymous[tenant] = fresh_anonymous(tenant)
        return _anonymous[tenant]


def fresh_anonymous(tenant: str = OPEN, client_id: str = CLIENT_ID) -> dict:
    query = {"tenant": tenant, "client_id": client_id}
    return send("GET", "/customerlogin/auth/anonymous/login", params=query).json()


def sign_up(tenant: str = OPEN, **details) -> Customer:
    customer = Customer(f"customer-{next(_numbers)}@example.com", "a-known-password", tenant)
    body = {"email": customer.email, "password": customer.password}
    if details:
        body["customerDetails"] = details
    send("POST", f"/customer/{tenant}/signup", token=anonymous(tenant)["access_token"], json=body, expect=201)
    return customer


def log_in(customer: Customer) -> Session:
    tenant = customer.tenant
    body = {"email": customer.email, "password": customer.password}
    token = anonymous(tenant)["access_token"]
    answer = send("POST", f"/customer/{tenant}/login", token=token, json=body).json()
    _holders[answer["access_token"]] = customer
    return Session(answer["access_token"], answer["refresh_token"])


def newcomer(**details) -> Customer:
    """A customer of nobody else's, for a case that may end the session or the customer."""
    customer = sign_up(**details)
    customer.session = log_in(customer)
    return customer


def regular() -> Customer:
    """The customer that ordinary cases act as, replaced before the address list is full."""
    with _lock:
        customer = _kept.get("regular")
        if customer is None or len(customer.addresses) >= ENOUGH_ADDRESSES:
            customer = _kept["regular"] = newcomer()
        return customer


def kept(name: str, **details) -> Customer:
    """A customer for one purpose. It holds no session: whoever needs one logs in."""
    with _lock:
        if name not in _kept:
            _kept[name] = sign_up(**details)
        return _kept[name]


def company_of(customer: Customer, token: str) -> str:
    profile = send("GET", f"/customer/{customer.tenant}/me", token=token).json()
    return profile["b2b"]["legalEntities"][0]["id"]


def an_address_of(customer: Customer) -> str:
    if not customer.addresses:
        body = {"contactName": "Jane Doe"}
        path = f"/customer/{customer.tenant}/me/addresses"
        keep_address(customer, send("POST", path, token=customer.token, json=body, expect=201).json()["id"])
    return customer.addresses[-1]


def keep_address(customer: Customer, address: str) -> None:
    customer.addresses.append(address)
    _owners[address] = customer


def forget_address(address: str) -> None:
    owner = _owners.get(address)
    if owner and address in owner.addresses:
        owner.addresses.remove(address)


def owner_of(address: object) -> Customer | None:
    """Whose address it is or was: it still is theirs to ask for after it is gone."""
    return _owners.get(address) if isinstance(address, str) else None


def holder_of(token: object) -> Customer | None:
    return _holders.get(token) if isinstance(token, str) else None


def mailed_token(customer: Customer, kind: str, to: str | None = None) -> str:
    query = {"tenant": customer.tenant, "to": to or customer.email, "kind": kind}
    messages = send("GET", "/_dev/outbox", params=query).json()["messages"]
    if not messages:
        raise Refused(f"no {kind} mail for {query['to']}")
    return messages[0]["token"]


def authorization_code(redirect_uri: str, code_challenge: str | None) -> str:
    number = next(_numbers)
    body = {
        "subject": f"subject-{number}",
        "email": f"social-{number}@example.com",
        "email_verified": True,
        "redirect_uri": redirect_uri,
    }
    if code_challenge:
        body["code_challenge"] = code_challenge
    return send("POST", f"/_dev/tenants/{OPEN}/idp/authorize", json=body).json()["code"]


def stranger() -> Customer:
    """A customer who owns nothing."""
    with _lock:
        customer = kept("stranger")
        if customer.session is None:
            customer.session = log_in(customer)
        return customer


def status_of(method: str, path: str, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(method, ORIGIN + path, headers=headers, timeout=20).status_code
