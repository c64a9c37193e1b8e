"""Values that exist: tokens, passwords and ids that are valid at the moment a request is sent.

A tenant is always one that exists, and members that depend on each other always go together. The rest is replaced in
the document's examples and otherwise three times out of four, in data that fits and in data that does not, so that
what the service knows does not hide what a case is about. A value that the contract forbids is never replaced, and
what an earlier answer led to stays.
"""

import base64
import hashlib
import itertools
import json
import re
import zlib

import customers

TENANT = re.compile(r"[a-z][a-z0-9]{2,15}")
ADDRESS = re.compile(r"[0-9a-f]{10}")
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
NEW_EMAIL = re.compile(r"new-\d+@example\.com")

_new = itertools.count(1)
_fills = {}
_rules = {}
_settled = set()


def fill(case) -> str | None:
    """Puts values that exist into a case. Returns the token that goes with them, if they are some customer's."""
    untouched = lot(case) % 4 == 0 and phase(case) != "examples"
    for location in ("path_parameters", "query"):
        container = getattr(case, location)
        if has(container, "tenant") and TENANT.fullmatch(container["tenant"]):
            put(case, location, tenant=tenant_of(case))
    tokens = [
        replace(case)
        for replace in (None if untouched else _fills.get(operation_id(case)), _rules.get(operation_id(case)))
        if replace
    ]
    return next((token for token in tokens if token), None)


def operation_id(case) -> str:
    return case.operation.definition.raw["operationId"]


def tenant_of(case) -> str:
    return customers.CONFIRMED if "/signup/optin/" in case.path else customers.OPEN


def lot(case) -> int:
    """The same number for the same generated values, so that a case that is repeated stays what it was."""
    values = (case.operation.label, case.path_parameters, case.query, case.body)
    return zlib.crc32(json.dumps(values, sort_keys=True, default=repr).encode())


def put(case, location, **values) -> None:
    """Replaces values of one case. What it was generated with may belong to others too."""
    setattr(case, location, {**getattr(case, location), **values})


def settle(case, location, **values) -> None:
    """The same, after which nothing about the values is wrong."""
    put(case, location, **values)
    _settled.add(case.id)


def is_settled(case) -> bool:
    """Whether the service has no reason left to refuse the values."""
    return case.id in _settled and fits(case)


def has(container, name, least=0, most=512) -> bool:
    """Whether there is a text of an acceptable length."""
    return isinstance(container, dict) and isinstance(container.get(name), str) and least <= len(container[name]) <= most


def has_email(container, name) -> bool:
    return has(container, name, 5, 254) and "@" in container[name]


def phase(case) -> str | None:
    return case.meta and case.meta.phase.name.value


def linked(case, value, pattern) -> bool:
    """Whether an earlier step led to a value, which then stays even if it has come to an end since."""
    return phase(case) == "stateful" and bool(pattern.fullmatch(value))


def fits(case) -> bool:
    """Whether nothing about the case is meant to be refused."""
    return case.meta is None or case.meta.generation.mode.is_positive


def new_email() -> str:
    return f"new-{next(_new)}@example.com"


def fills(*operation_ids):
    """Registers what replaces values by ones that exist."""

    def register(function):
        _fills.update(dict.fromkeys(operation_ids, function))
        return function

    return register


def obeys(operation_id):
    """Registers what a schema cannot state about the members of one request."""

    def register(function):
        _rules[operation_id] = function
        return function

    return register


# --- Anonymous sessions -------------------------------------------------------------------------------------------


@fills("GET-oauth-refresh-anonymous-access-token")
def anonymous_tokens(case):
    for name in ("refresh_token", "anonymous_token"):
        if has(case.query, name, 1) and not linked(case, case.query[name], TOKEN):
            put(case, "query", **{name: token_of(case, name)})


@obeys("GET-oauth-refresh-anonymous-access-token")
def one_token(case):
    """One of the two is needed."""
    if fits(case) and not any(case.query.get(name, "").strip() for name in ("refresh_token", "anonymous_token")):
        settle(case, "query", refresh_token=token_of(case, "refresh_token"))


def token_of(case, name) -> str:
    """A token of a session that was opened for the client id of the case."""
    client = case.query["client_id"] if has(case.query, "client_id") and case.query["client_id"].strip() else None
    session = customers.fresh_anonymous(client_id=client or customers.CLIENT_ID)
    return session["access_token" if name == "anonymous_token" else name]


# --- Signup and login ---------------------------------------------------------------------------------------------


@fills("POST-customer-create-customer-account")
def new_customer(case):
    if has_email(case.body, "email"):
        put(case, "body", email=new_email())
        if has_email(case.body.get("signup"), "email"):
            put(case, "body", signup={**case.body["signup"], "email": new_email()})


@obeys("POST-customer-create-customer-account")
def consistent_signup(case):
    details = case.body.get("customerDetails") if isinstance(case.body, dict) else None
    if isinstance(details, dict):
        details = with_company_named(details)
        if has_email(details, "contactEmail") and has_email(case.body, "email"):
            details["contactEmail"] = case.body["email"]
        put(case, "body", customerDetails=details)


def with_company_named(details) -> dict:
    """A registration number needs all three names."""
    details = dict(details)
    if has(details.get("b2b"), "companyRegistrationId", 1):
        for name in ("firstName", "lastName", "company"):
            if details.get(name) is None or has(details, name, 0, 255) and not details[name].strip():
                details[name] = "Doe"
    return details


@fills("GET-customer-signup-customer-optin")
def activation_token(case):
    if has(case.path_parameters, "token"):
        customer = customers.sign_up(customers.CONFIRMED)
        settle(case, "path_parameters", token=customers.mailed_token(customer, "customer.opt-in"))


@fills("POST-customer-refresh-token")
def pending_email(case):
    if has_email(case.body, "email"):
        put(case, "body", email=customers.kept("pending", tenant=customers.CONFIRMED).email)


@fills("POST-customer-authenticate-customer")
def credentials(case):
    if has_email(case.body, "email") and has(case.body, "password", 6, 256):
        if not linked(case, case.body["email"], NEW_EMAIL):
            visitor = customers.kept("visitor")
            put(case, "body", email=visitor.email, password=visitor.password)


@fills("POST-customer-login-customer-by-auth0")
def authorization_code(case):
    if not (has(case.query, "code") and has(case.query, "redirect_uri")):
        return
    uri, challenge = case.query["redirect_uri"], None
    if uri.lower().startswith("http"):
        uri = customers.REDIRECT
    if has(case.query, "code_verifier"):
        digest = hashlib.sha256(case.query["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    settle(case, "query", redirect_uri=uri, code=customers.authorization_code(uri, challenge))
    if "session-id" in case.headers:
        case.headers["session-id"] = customers.anonymous()["sessionId"]


# --- Sessions -----------------------------------------------------------------------------------------------------


@fills("GET-customer-refresh-authtoken")
def refresh_token(case):
    if not has(case.query, "refreshToken", 1) or linked(case, case.query["refreshToken"], TOKEN):
        return customers.anonymous()["access_token"]
    names = {"firstName": "Jane", "lastName": "Doe", "company": "Doe", "b2b": {"companyRegistrationId": "HRB 1"}}
    customer = customers.kept("business", **names)
    session = customers.log_in(customer)
    settle(case, "query", refreshToken=session.refresh)
    if has(case.query, "legalEntityId"):
        put(case, "query", legalEntityId=customers.company_of(customer, session.access))
    return session.access if lot(case) % 2 else customers.anonymous()["access_token"]


@fills("GET-customer-logout-customer")
def access_token(case):
    if not has(case.query, "accessToken", 1):
        return None
    if not linked(case, case.query["accessToken"], TOKEN):
        settle(case, "query", accessToken=customers.newcomer().token)
    return case.query["accessToken"]


# --- Passwords and logins -----------------------------------------------------------------------------------------


@fills("POST-customer-change-account-password")
def current_password(case):
    customer = customers.newcomer()
    if has(case.body, "currentPassword", 0, 256):
        settle(case, "body", currentPassword=customer.password)
    return customer.token


@fills("POST-customer-request-reset-password")
def active_email(case):
    if has_email(case.body, "email"):
        put(case, "body", email=customers.kept("forgetful").email)


@fills("POST-customer-reset-password")
def reset_token(case):
    if has(case.body, "token"):
        customer = customers.sign_up()
        token = customers.anonymous()["access_token"]
        path = f"/customer/{customer.tenant}/password/reset"
        customers.send("POST", path, token=token, json={"email": customer.email}, expect=204)
        settle(case, "body", token=customers.mailed_token(customer, "customer.password-reset"))


@fills("POST-customer-change-customer-login-email")
def own_login(case):
    customer = customers.newcomer()
    if has_email(case.body, "email"):
        settle(case, "body", email=customer.email)
    if has(case.body, "password", 0, 256):
        settle(case, "body", password=customer.password)
    return customer.token


@fills("POST-customer-confirm-customer-login-email")
def change_token(case):
    forgotten = isinstance(case.body, dict) and "token" not in case.body and fits(case)
    if forgotten or has(case.body, "token"):
        customer = customers.newcomer()
        new = new_email()
        body = {"email": customer.email, "password": customer.password, "newEmail": new}
        path = f"/customer/{customer.tenant}/me/accounts/internal/email/change"
        customers.send("POST", path, token=customer.token, json=body, expect=204)
        settle(case, "body", token=customers.mailed_token(customer, "customer.email-change-request", to=new))


@fills("POST-customer-assign-customer-account")
def further_login(case):
    if has_email(case.body, "email"):
        put(case, "body", email=new_email())


# --- Profile and addresses ----------------------------------------------------------------------------------------


@obeys("PATCH-customer-update-customer")
def consistent_profile(case):
    if isinstance(case.body, dict) and has(case.body.get("b2b"), "companyRegistrationId", 1):
        case.body = with_company_named(case.body)
        # Afterwards the names cannot be removed, which the next case might want to.
        return customers.newcomer().token
    return None


@fills("PATCH-customer-update-customer")
def drop_version(case) -> None:
    """A generated version is not the stored one; without any, a change always applies."""
    metadata = case.body.get("metadata") if isinstance(case.body, dict) else None
    if isinstance(metadata, dict) and type(metadata.get("version")) is int:
        put(case, "body", metadata={name: value for name, value in metadata.items() if name != "version"})


@fills("DELETE-customer-remove-customer-profile")
def deletion_token(case):
    if not has(case.query, "token"):
        return None
    customer = customers.newcomer()
    customers.send("DELETE", f"/customer/{customer.tenant}/me", token=customer.token, expect=204)
    settle(case, "query", token=customers.mailed_token(customer, "customer.deletion-request"))
    return customer.token


@fills(
    "GET-customer-retrieve-address-by-id",
    "PATCH-customer-update-customer-address",
    "DELETE-customer-remove-customer-address-by-id",
    "POST-customer-add-address-tags",
    "DELETE-customer-remove-address-tags",
)
def own_address(case):
    drop_version(case)
    if has(case.path_parameters, "addressId", 1) and not linked(case, case.path_parameters["addressId"], ADDRESS):
        put(case, "path_parameters", addressId=customers.an_address_of(customers.regular()))
